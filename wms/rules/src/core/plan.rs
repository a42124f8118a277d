//! The floor of a run: its locations, coded area-rack-level-slot (四号定位), levels counted from the bottom.

use serde::{Deserialize, Serialize};

use crate::core::codes::same;

/// Which locations there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorPlan {
    /// The shelf with lights.
    pub pick_shelf: PickShelf,
    /// The rack for pallets.
    pub pallet_rack: PalletRack,
    /// Areas on the ground, by one letter: R receiving, Q inspection, D defective, P packing, C consolidation, O dock.
    pub areas: Vec<String>,
}

/// A shelf with lights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PickShelf {
    /// Letter.
    pub zone: String,
    /// Racks; a station's shelf is the first.
    pub racks: u8,
    /// Levels of each.
    pub levels: u8,
    /// Slots of each level.
    pub slots: u8,
    /// Units below which a slot is filled up.
    pub min_units: i64,
    /// Units a slot holds.
    pub max_units: i64,
}

/// A rack for pallets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PalletRack {
    /// Letter.
    pub zone: String,
    /// Racks.
    pub racks: u8,
    /// Levels of each.
    pub levels: u8,
    /// Slots of each level.
    pub slots: u8,
    /// Length and width of its pallets.
    pub pallet_mm: [i64; 2],
    /// Load of a slot.
    pub max_kg: i64,
    /// Height of a loaded pallet.
    pub max_height_mm: i64,
}

/// A location, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Location {
    /// A slot of the shelf with lights.
    Pick {
        /// Its light's position, from 0: along the lowest level, then the next.
        position: u8,
    },
    /// A pallet's slot.
    Rack {
        /// From the dock.
        rack: u8,
        /// From the bottom.
        level: u8,
        /// Along the aisle.
        slot: u8,
    },
    /// An area on the ground.
    Area,
}

impl FloorPlan {
    /// What a code names; none where there is no such location.
    pub fn location(&self, code: &str) -> Option<Location> {
        if self.areas.iter().any(|area| same(area, code)) {
            return Some(Location::Area);
        }
        let parts: Vec<&str> = code.split('-').collect();
        let [zone, rack, level, slot] = parts[..] else {
            return None;
        };
        let (rack, level, slot) = (two(rack)?, two(level)?, two(slot)?);
        let inside = |racks, levels, slots| {
            (1..=racks).contains(&rack) && (1..=levels).contains(&level) && (1..=slots).contains(&slot)
        };
        let (pick, pallet) = (&self.pick_shelf, &self.pallet_rack);
        if same(zone, &pick.zone) && inside(pick.racks, pick.levels, pick.slots) {
            let position = ((rack - 1) * pick.levels + (level - 1)) * pick.slots + (slot - 1);
            return Some(Location::Pick { position });
        }
        (same(zone, &pallet.zone) && inside(pallet.racks, pallet.levels, pallet.slots)).then_some(Location::Rack {
            rack,
            level,
            slot,
        })
    }

    /// Code of a light's position.
    pub fn pick_code(&self, position: u8) -> Option<String> {
        let shelf = &self.pick_shelf;
        let in_rack = shelf.levels.checked_mul(shelf.slots).filter(|count| *count > 0)?;
        let (rack, rest) = (position / in_rack, position % in_rack);
        (rack < shelf.racks).then(|| {
            format!(
                "{}-{:02}-{:02}-{:02}",
                shelf.zone,
                rack + 1,
                rest / shelf.slots + 1,
                rest % shelf.slots + 1
            )
        })
    }

    /// Codes of the pallet slots, nearest to the dock first.
    pub fn rack_codes(&self) -> impl Iterator<Item = String> + '_ {
        let rack = &self.pallet_rack;
        (1..=rack.racks).flat_map(move |r| {
            (1..=rack.levels)
                .flat_map(move |l| (1..=rack.slots).map(move |s| format!("{}-{r:02}-{l:02}-{s:02}", rack.zone)))
        })
    }

    /// Codes of the shelf's slots, by position.
    pub fn pick_codes(&self) -> impl Iterator<Item = String> + '_ {
        (0..=u8::MAX).map_while(|position| self.pick_code(position))
    }
}

fn two(text: &str) -> Option<u8> {
    (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn plan() -> FloorPlan {
        FloorPlan {
            pick_shelf: PickShelf {
                zone: "A".into(),
                racks: 1,
                levels: 3,
                slots: 8,
                min_units: 4,
                max_units: 24,
            },
            pallet_rack: PalletRack {
                zone: "S".into(),
                racks: 2,
                levels: 3,
                slots: 4,
                pallet_mm: [1200, 1000],
                max_kg: 1000,
                max_height_mm: 1500,
            },
            areas: ["R", "P"].map(String::from).to_vec(),
        }
    }

    #[test]
    fn positions_and_codes_are_each_others_inverse() {
        let plan = plan();
        assert_eq!(plan.location("A-01-02-03"), Some(Location::Pick { position: 10 }));
        assert_eq!(plan.pick_codes().count(), 24);
        for (position, code) in plan.pick_codes().enumerate() {
            assert_eq!(
                plan.location(&code),
                Some(Location::Pick {
                    position: position as u8
                })
            );
        }
        assert!(
            plan.rack_codes()
                .all(|code| matches!(plan.location(&code), Some(Location::Rack { .. })))
        );
    }

    #[test]
    fn what_is_no_location() {
        for code in [
            "",
            "A",
            "A-01-02",
            "A-1-2-3",
            "A-01-04-01",
            "A-00-01-01",
            "A-01-01-01-01",
            "S-03-01-01",
            "Z-01-01-01",
            "@opening",
        ] {
            assert_eq!(plan().location(code), None, "{code}");
        }
        assert_eq!(plan().location("R"), Some(Location::Area));
    }
}
