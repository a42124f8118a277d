//! A floor without hardware: the node code that runs on the chips, here in one process, on pseudo terminals that a
//! gateway opens like any port, with a front panel in the browser in place of hands and eyes.
//!
//! Only the hardware is imagined: what a finger, a barcode, paper and a weight are (`hardware`). Debouncing, decoding,
//! counting, burning and the wire are [`nodes`] and [`link`], byte for byte.
//!
//! # The panel's JSON API
//! All below `/api`; positions from 0, stations and labels from 1. A wrong request gets 4xx with `{"error": "…"}`.
//!
//! | request | body | does, gives |
//! |---|---|---|
//! | `GET /stations` | | `{"stations": [1, 2]}` |
//! | `GET /stations/1` | | everything its devices show |
//! | `GET /stations/1/watch` | | the same as server-sent events, one for each change |
//! | `POST /stations/1/shelf/keys` | `{"position": 3, "key": "confirm"｜"plus"｜"minus", "hold_ms": 30}` | presses; presses at one position queue up |
//! | `POST /stations/1/scanner/scan` | `{"code": "2000152400015", "aim": "]E0"}` | the decoder sends this code; `aim` may be left out |
//! | `POST /stations/1/scanner/bytes` | `{"hex": "020000010033 31"}` | the decoder sends these bytes |
//! | `POST /stations/1/scale` | `{"grams": 2150, "wobble": false, "cell": true}` | this lies on the scale; each may be left out |
//! | `POST /stations/1/printer` | `{"paper": true, "closed": true, "celsius": 25}` | the printer's condition; each may be left out |
//! | `GET /stations/1/printer/labels` | | `{"labels": [{"number": 1, "width": 384, "height": 320, "spoilt": false}]}` |
//! | `GET /stations/1/printer/labels/1.png` | | the dots burnt |
//! | `POST /stations/1/{device}/cable` | `{"plugged": false}` | pulls or plugs the cable; the node stays powered |
//! | `POST /stations/1/{device}/reset` | `{"reason": "power"｜"watchdog"}` | starts the node again with a new boot id; body may be `{}` |
//! | `GET /codes` | | codes to click, in groups |
//!
//! `{device}` is `shelf`, `scanner`, `printer` or `scale`. A press or a scan at a node without a cable is as good as any:
//! the node keeps it.

mod args;
mod clock;
mod codes;
mod floor;
mod hardware;
mod host;
mod panel;
mod port;
mod station;
mod store;

pub use args::Args;
pub use floor::{Floor, StartError};
