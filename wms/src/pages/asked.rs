//! Something that a page asked of a device, and what came of it.

use rules::locale::Words;
use uplink::{DeviceState, Stage};

use super::devices::told;
use crate::store::Device;

/// Why nothing can be asked of a device; empty where it can.
pub fn hindered(device: &Device, w: &Words) -> String {
    if device.state == DeviceState::Online {
        String::new()
    } else {
        w.get("devices.away").to_owned()
    }
}

/// One step.
#[derive(Debug, Default)]
pub struct Step {
    /// Style of its mark.
    pub class: &'static str,
    /// ✓, ✕ or nothing.
    pub mark: &'static str,
    /// What came of it; empty before.
    pub came: String,
    /// It can be done now.
    pub open: bool,
}

/// A step that was not asked for, was and has no word of it yet, or has.
pub fn step(asked: Option<Option<Stage>>, open: bool, w: &Words) -> Step {
    let (class, mark) = match &asked {
        None => ("muted", ""),
        Some(None | Some(Stage::OnWire)) => ("wait-text", "…"),
        Some(Some(Stage::Taken)) => ("right-text", "✓"),
        Some(Some(Stage::Failed { .. })) => ("wrong-text", "✕"),
    };
    let came = match asked {
        None => String::new(),
        Some(Some(Stage::Failed { why })) => why,
        Some(None) => w.get("devices.asked").to_owned(),
        Some(stage) => told(stage, w),
    };
    Step {
        class,
        mark,
        came,
        open,
    }
}
