//! Files of ours that pages need. They change only with the program, so browsers may keep them.

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use print::fonts;
use sha2::{Digest, Sha256};

use super::fault::Fault;
use super::parts::Path;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

macro_rules! file {
    ($name:literal, $kind:literal) => {
        Asset {
            name: $name,
            kind: $kind,
            bytes: include_bytes!(concat!("../../assets/", $name)),
        }
    };
}

static ASSETS: &[Asset] = &[
    file!("tokens.css", "text/css; charset=utf-8"),
    file!("pages.css", "text/css; charset=utf-8"),
    file!("station.css", "text/css; charset=utf-8"),
    file!("codes.css", "text/css; charset=utf-8"),
    file!("paper.css", "text/css; charset=utf-8"),
    file!("api.css", "text/css; charset=utf-8"),
    file!("live.js", "text/javascript; charset=utf-8"),
    file!("net.js", "text/javascript; charset=utf-8"),
    file!("early.js", "text/javascript; charset=utf-8"),
    file!("scan.js", "text/javascript; charset=utf-8"),
    file!("stream.js", "text/javascript; charset=utf-8"),
    file!("bars.js", "text/javascript; charset=utf-8"),
    file!("habits.js", "text/javascript; charset=utf-8"),
    file!("queue.mjs", "text/javascript; charset=utf-8"),
    file!("keys.mjs", "text/javascript; charset=utf-8"),
    file!("bars.mjs", "text/javascript; charset=utf-8"),
    file!("hub.mjs", "text/javascript; charset=utf-8"),
    file!("icon.svg", "image/svg+xml"),
    file!("vendor/idiomorph.min.js", "text/javascript; charset=utf-8"),
    file!("fonts/NotoSansSC-Regular.woff2", "font/woff2"),
    file!("fonts/NotoSansSC-Bold.woff2", "font/woff2"),
    file!("fonts/OFL.txt", "text/plain; charset=utf-8"),
];

/// One version for all files of a build: a page never mixes two.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let hash = ASSETS
        .iter()
        .fold(Sha256::new(), |hash, asset| hash.chain_update(asset.bytes));
    hash.chain_update(fonts::REGULAR)
        .finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
});

/// Address of a file. The version stands in the path, so that a file named within another (a font in a style sheet) has
/// it too.
pub fn url(name: &str) -> String {
    format!("/assets/{}/{name}", VERSION.as_str())
}

/// Serves `/assets/{version}/{*name}`.
pub async fn serve(Path((version, name)): Path<(String, String)>) -> Result<Response, Fault> {
    let asset = ASSETS.iter().find(|asset| asset.name == name).ok_or(Fault::NotFound)?;
    // An older page asks for an older version: it gets what there is, but must not keep it.
    let keep = if version == *VERSION {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    Ok((headers, asset.bytes).into_response())
}
