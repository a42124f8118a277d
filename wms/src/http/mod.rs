//! What every request passes, whether of a page or of a program: the gate, the frame, faults, parts of requests, the table
//! of routes and the API's document made from it.

pub mod assets;
pub mod client;
pub mod fault;
pub mod form;
pub mod frame;
pub mod gate;
mod health;
pub mod host;
pub mod leave;
pub mod openapi;
pub mod parts;
mod routes;
mod shield;

use axum::Router;
use axum::extract::FromRef;
use axum::middleware::from_fn_with_state;
use tokio::sync::watch;

use crate::engine::App;
use crate::floor::{Floor, Pulse, pulse};

pub use fault::{Fault, FaultJson};
pub use form::Form;
pub use frame::{Frame, Site};
pub use gate::{Gate, SESSION_COOKIE, SignedIn, Visitor};
pub use health::page as health;
pub use host::{Hosts, NoHost};
pub use parts::{Json, Path, Query};
pub use routes::{Access, DEVICES, EVERYONE, FLOOR, INSTRUCTOR, Route, Routes};

/// What handlers take parts of.
#[derive(Clone)]
pub struct Web {
    /// Who may do what.
    pub gate: Gate,
    /// What is the same on every page.
    pub site: Site,
    /// The runs.
    pub app: App,
    /// The devices.
    pub floor: Floor,
    /// Beats when something about the devices changed.
    pub pulse: watch::Sender<Pulse>,
}

impl FromRef<Web> for Gate {
    fn from_ref(web: &Web) -> Self {
        web.gate.clone()
    }
}

impl FromRef<Web> for App {
    fn from_ref(web: &Web) -> Self {
        web.app.clone()
    }
}

impl FromRef<Web> for Site {
    fn from_ref(web: &Web) -> Self {
        web.site.clone()
    }
}

impl Web {
    /// Pages over these runs and devices.
    pub fn new(gate: Gate, site: Site, app: App, floor: Floor) -> Self {
        Self {
            gate,
            site,
            app,
            pulse: pulse(floor.clone()),
            floor,
        }
    }
}

/// A router where every refusal is told as our pages tell it, and every answer is shielded.
pub fn told(site: &Site, router: Router) -> Router {
    router
        .layer(from_fn_with_state(site.clone(), fault::tell))
        .layer(from_fn_with_state(site.clone(), shield::shield))
}
