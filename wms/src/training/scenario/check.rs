//! What a scenario has to fulfil before a run can begin from it.

use std::collections::BTreeSet;

use super::Scenario;
use crate::goods::{Catalogue, Scanned, check_digit_holds};
use crate::labels;

impl Scenario {
    /// Tells each thing that is wrong to `no`: table, index, field, and why; ends with the first that it gives back as an
    /// error.
    pub(super) fn validate<E>(
        &self,
        no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>,
    ) -> Result<(), E> {
        let id_is_plain = !self.id.is_empty()
            && self
                .id
                .bytes()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
        if !id_is_plain {
            no(
                "",
                None,
                "id",
                format!("{:?} should be small letters, digits and hyphens", self.id),
            )?;
        }
        let mut codes = BTreeSet::new();
        for (index, sku) in self.sku.iter().enumerate() {
            let index = Some(index);
            if !codes.insert(sku.code.as_str()) {
                no("sku", index, "code", format!("{} is there twice", sku.code))?;
            }
            for (field, gtin, digits) in [("gtin13", &sku.gtin13, 13), ("case_gtin14", &sku.case_gtin14, 14)] {
                if gtin.len() != digits || !check_digit_holds(gtin) {
                    no(
                        "sku",
                        index,
                        field,
                        format!("{gtin:?} is no {digits}-digit GTIN with a right check digit"),
                    )?;
                }
                if !codes.insert(gtin.as_str()) {
                    no("sku", index, field, format!("{gtin} is there twice"))?;
                }
            }
            for (field, value) in [
                ("units_per_case", sku.units_per_case),
                ("unit_weight_g", sku.unit_weight_g),
            ] {
                if !(1..=1_000_000).contains(&value) {
                    no("sku", index, field, format!("{value} should be from 1 to 1000000"))?;
                }
            }
        }
        let known = |sku: &str| self.sku.iter().any(|known| known.code == sku);
        let shelf = &self.floor.pick_shelf;
        let lights = usize::from(shelf.racks) * usize::from(shelf.levels) * usize::from(shelf.slots);
        if !(1..=24).contains(&lights) {
            no(
                "floor",
                None,
                "pick_shelf",
                format!("{lights} slots; a station's shelf has from 1 to 24"),
            )?;
        }
        for area in [crate::stock::RECEIVING, crate::stock::PACKING] {
            if !self.floor.areas.iter().any(|known| known == area) {
                no("floor", None, "areas", format!("area {area} is needed"))?;
            }
        }
        for (index, stock) in self.stock.iter().enumerate() {
            self.check_place("stock", index, &stock.location, &stock.sku, stock.units, no)?;
        }
        for (index, physical) in self.physical.iter().enumerate() {
            self.check_place(
                "physical",
                index,
                &physical.location,
                &physical.sku,
                physical.units.max(1),
                no,
            )?;
        }
        let days = self.inbound.expected_in_days;
        if !(0..=365).contains(&days) {
            no(
                "inbound",
                None,
                "expected_in_days",
                format!("{days} should be from 0 to 365"),
            )?;
        }
        let mut announced = BTreeSet::new();
        for (index, line) in self.inbound.line.iter().enumerate() {
            let index = Some(index);
            if !known(&line.sku) {
                no(
                    "inbound.line",
                    index,
                    "sku",
                    format!("{} is not among the goods", line.sku),
                )?;
            }
            if !announced.insert(&line.sku) {
                no("inbound.line", index, "sku", format!("{} has a line already", line.sku))?;
            }
            if !(1..=10_000).contains(&line.cases) || !(0..=line.cases).contains(&line.arrives.cases) {
                no(
                    "inbound.line",
                    index,
                    "cases",
                    "should be from 1 to 10000, and not less than what arrives".into(),
                )?;
            }
        }
        let mut numbers = BTreeSet::new();
        for (index, order) in self.order.iter().enumerate() {
            if !numbers.insert(&order.number) {
                no(
                    "order",
                    Some(index),
                    "number",
                    format!("{} is there twice", order.number),
                )?;
            }
            if let Err(why) = self.is_order_number(&order.number) {
                no("order", Some(index), "number", why)?;
            }
            for (sku, units) in &order.lines {
                if !known(sku) || !(1..=999).contains(units) {
                    no(
                        "order",
                        Some(index),
                        "lines",
                        format!("{sku} = {units}: known goods, from 1 to 999 units"),
                    )?;
                }
            }
        }
        Ok(())
    }

    /// Whether a number can be scanned from a parcel's label, and means that order and nothing else then.
    fn is_order_number(&self, number: &str) -> Result<(), String> {
        if let Err(error) = labels::fits(number) {
            return Err(format!(
                "{number:?} can't stand on a label ({error}); letters, digits and hyphens can, as in CK-0001"
            ));
        }
        let goods = Catalogue::new(&self.sku);
        match goods.read(number, |code| self.is_location(code)) {
            Scanned::Other(_) if number.trim() == number => Ok(()),
            Scanned::Other(_) => Err(format!("{number:?} begins or ends with a space")),
            _ => Err(format!(
                "{number:?} is the barcode of goods, a location or a command already"
            )),
        }
    }

    fn check_place<E>(
        &self,
        table: &str,
        index: usize,
        location: &str,
        sku: &str,
        units: i64,
        no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.floor.location(location).is_none() {
            no(
                table,
                Some(index),
                "location",
                format!("{location} is not on this floor"),
            )?;
        }
        if !self.sku.iter().any(|known| known.code == sku) {
            no(table, Some(index), "sku", format!("{sku} is not among the goods"))?;
        }
        if !(1..=1_000_000).contains(&units) {
            no(
                table,
                Some(index),
                "units",
                format!("{units} should be from 1 to 1000000"),
            )?;
        }
        Ok(())
    }
}
