//! One station: its devices.

use std::path::Path;
use std::sync::Arc;

use link::message::{MAX_POSITIONS, NodeKind, Uid};
use nodes::printer::{Printer, ROOM};
use nodes::scale::{Scale, Sensitivity};
use nodes::scanner::Scanner;
use nodes::shelf::Shelf;

use crate::hardware::printer::PrinterBoard;
use crate::hardware::scale::ScaleBoard;
use crate::hardware::scanner::ScannerBoard;
use crate::hardware::shelf::ShelfBoard;
use crate::hardware::{Changes, Part, PrinterHardware, ScaleHardware, ScannerHardware, ShelfHardware};
use crate::host::{Job, device_name, node};
use crate::store::FileStore;

/// First four bytes of every virtual chip's id: "VIRT".
const CHIP: u64 = 0x5649_5254 << 32;

/// A station's devices.
pub struct Station {
    /// From 1.
    pub number: u8,
    /// Tells when any of them looks different.
    pub changes: Changes,
    /// The shelf.
    pub shelf: Arc<Part<ShelfHardware>>,
    /// The scanner.
    pub scanner: Arc<Part<ScannerHardware>>,
    /// The printer.
    pub printer: Arc<Part<PrinterHardware>>,
    /// The scale.
    pub scale: Arc<Part<ScaleHardware>>,
}

impl Station {
    /// The station of this number, and what runs its nodes.
    pub fn new(number: u8, ports: &Path, data: Option<&Path>) -> (Self, Vec<Job>) {
        let changes = Changes::new();
        let station = Self {
            number,
            shelf: part(number, NodeKind::Shelf, ShelfHardware::new(), &changes),
            scanner: part(number, NodeKind::Scanner, ScannerHardware::new(), &changes),
            printer: part(number, NodeKind::Printer, PrinterHardware::new(), &changes),
            scale: part(number, NodeKind::Scale, ScaleHardware::new(), &changes),
            changes,
        };
        let store = |name: &str| FileStore::new(data, name);
        let jobs = vec![
            node(
                Arc::clone(&station.shelf),
                ports,
                store(&station.shelf.name),
                || Shelf::new(MAX_POSITIONS as u8),
                ShelfBoard,
            ),
            node(
                Arc::clone(&station.scanner),
                ports,
                store(&station.scanner.name),
                Scanner::new,
                ScannerBoard,
            ),
            node(
                Arc::clone(&station.printer),
                ports,
                store(&station.printer.name),
                || Printer::new(vec![0; ROOM]),
                PrinterBoard::new,
            ),
            node(
                Arc::clone(&station.scale),
                ports,
                store(&station.scale.name),
                || Scale::new(Sensitivity::CELL_30_KG),
                ScaleBoard::new,
            ),
        ];
        (station, jobs)
    }
}

/// The same chip at every start, so that a floor started again is the same floor.
fn part<S>(station: u8, kind: NodeKind, state: S, changes: &Changes) -> Arc<Part<S>> {
    let name = format!("station-{station}-{}", device_name(kind));
    let uid = Uid(CHIP | u64::from(station) << 8 | kind as u64);
    Arc::new(Part::new(name, uid, state, changes.clone()))
}
