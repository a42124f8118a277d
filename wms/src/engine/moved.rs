//! Word of a run that moved on, to everyone in this process who shows something of it.

use std::sync::Arc;

use rules::core::ground;
use rules::{Change, RunId, RunState};
use uplink::Light;

/// A run moved on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedOn {
    /// Which.
    pub run: RunId,
    /// Its last act.
    pub no: i64,
    /// What the floor needs of it; none where another process took the act, so that it has to be looked up.
    pub floor: Option<Arc<FloorView>>,
}

/// What the devices of a run's station are to do after an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FloorView {
    /// The run's station.
    pub station: i64,
    /// What its shelf should show.
    pub lights: Vec<Light>,
    /// Whether labels were asked for.
    pub labels: bool,
}

impl FloorView {
    /// Of a run as it stands, after these changes.
    pub(super) fn of<'a>(state: &RunState, changes: impl IntoIterator<Item = &'a Change>) -> Self {
        Self {
            station: state.ground.head.station,
            lights: rules::outbound::lights(&state.shipping()),
            labels: changes
                .into_iter()
                .any(|change| matches!(change, Change::Ground(ground::Change::LabelQueued { .. }))),
        }
    }
}
