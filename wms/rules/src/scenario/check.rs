//! What a scenario has to fulfil before a run can begin from it: whatever loads can be worked to its end.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use crate::core::codes::{self, Gtin};
use crate::core::goods::{Catalogue, Scanned, Sku};
use crate::core::ground::MOST_LABELS;
use crate::core::label;
use crate::core::scenario::{OrderSpec, Scenario};
use crate::core::stock::{Movement, OPENING, Stock};
use crate::inbound;
use crate::outbound::{EMPTY_GRAMS, MOST_GRAMS};

/// Tells each thing that is wrong to `no`: table, index, field, and why; ends with the first that it gives back as an error.
pub(super) fn validate<E>(
    scenario: &Scenario,
    no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>,
) -> Result<(), E> {
    Checked(scenario).validate(no)
}

/// A scenario that is looked at.
struct Checked<'a>(&'a Scenario);

impl Deref for Checked<'_> {
    type Target = Scenario;

    fn deref(&self) -> &Scenario {
        self.0
    }
}

impl Checked<'_> {
    /// Tells each thing that is wrong to `no`: table, index, field, and why; ends with the first that it gives back as an
    /// error.
    fn validate<E>(&self, no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>) -> Result<(), E> {
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
        self.check_packing(no)?;
        self.check_goods(no)?;
        self.check_floor(no)?;
        for (index, stock) in self.stock.iter().enumerate() {
            self.check_place("stock", index, &stock.location, &stock.sku, stock.units, no)?;
            check_lot("stock", index, &stock.lot, no)?;
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
        self.check_inbound(no)?;
        self.check_orders(no)
    }

    fn check_packing<E>(
        &self,
        no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>,
    ) -> Result<(), E> {
        let packing = &self.packing;
        for (field, value, most) in [
            ("carton_g", packing.carton_g, 100_000),
            ("tolerance_percent", packing.tolerance_percent, 100),
            ("tolerance_g", packing.tolerance_g, 100_000),
        ] {
            if !(0..=most).contains(&value) {
                no("packing", None, field, format!("{value} should be from 0 to {most}"))?;
            }
        }
        Ok(())
    }

    fn check_goods<E>(&self, no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>) -> Result<(), E> {
        let mut names = BTreeSet::new();
        let mut numbers: BTreeMap<Gtin, &str> = BTreeMap::new();
        for (index, sku) in self.sku.iter().enumerate() {
            let index = Some(index);
            if !names.insert(codes::key(&sku.code)) {
                no("sku", index, "code", format!("{} is there twice", sku.code))?;
            }
            for (field, digits, length) in [("gtin13", &sku.gtin13, 13), ("case_gtin14", &sku.case_gtin14, 14)] {
                let Some(gtin) = Gtin::parse(digits).filter(|_| digits.len() == length) else {
                    no(
                        "sku",
                        index,
                        field,
                        format!("{digits:?} is no {length}-digit GTIN with a right check digit"),
                    )?;
                    continue;
                };
                if let Some(other) = numbers.insert(gtin, digits) {
                    let why = format!("{digits} is there twice, as {other}: both are the number {gtin}");
                    no("sku", index, field, why)?;
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
        Ok(())
    }

    fn check_floor<E>(&self, no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>) -> Result<(), E> {
        let (shelf, rack) = (&self.floor.pick_shelf, &self.floor.pallet_rack);
        for (field, zone) in [("pick_shelf", &shelf.zone), ("pallet_rack", &rack.zone)] {
            let plain = zone.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
            if !(1..=4).contains(&zone.len()) || !plain {
                let why = format!("zone {zone:?} should be 1 to 4 capital letters or digits: scanners read codes so");
                no("floor", None, field, why)?;
            }
        }
        if shelf.zone == rack.zone {
            let why = format!(
                "zone {} is the shelf's already: their locations would have one code",
                rack.zone
            );
            no("floor", None, "pallet_rack", why)?;
        }
        let lights = usize::from(shelf.racks) * usize::from(shelf.levels) * usize::from(shelf.slots);
        if !(1..=24).contains(&lights) {
            no(
                "floor",
                None,
                "pick_shelf",
                format!("{lights} slots; a station's shelf has from 1 to 24"),
            )?;
        }
        for (name, count) in [("racks", rack.racks), ("levels", rack.levels), ("slots", rack.slots)] {
            if count > 99 {
                no(
                    "floor",
                    None,
                    "pallet_rack",
                    format!("{count} {name}; two digits count up to 99"),
                )?;
            }
        }
        for area in [crate::core::stock::RECEIVING, crate::core::stock::PACKING] {
            if !self.floor.areas.iter().any(|known| known == area) {
                no("floor", None, "areas", format!("area {area} is needed"))?;
            }
        }
        Ok(())
    }

    fn check_inbound<E>(
        &self,
        no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>,
    ) -> Result<(), E> {
        let days = self.inbound.expected_in_days;
        if !(0..=365).contains(&days) {
            no(
                "inbound",
                None,
                "expected_in_days",
                format!("{days} should be from 0 to 365"),
            )?;
        }
        let stock = self.opening();
        let mut announced = BTreeSet::new();
        let mut given = BTreeSet::new();
        for (index, line) in self.inbound.line.iter().enumerate() {
            check_lot("inbound.line", index, &line.lot, no)?;
            let at = Some(index);
            if !announced.insert(&line.sku) {
                no("inbound.line", at, "sku", format!("{} has a line already", line.sku))?;
            }
            if !(1..=10_000).contains(&line.cases) || !(0..=line.cases).contains(&line.arrives.cases) {
                no(
                    "inbound.line",
                    at,
                    "cases",
                    "should be from 1 to 10000, and not less than what arrives".into(),
                )?;
            }
            let Some(sku) = self.goods(&line.sku) else {
                no(
                    "inbound.line",
                    at,
                    "sku",
                    format!("{} is not among the goods", line.sku),
                )?;
                continue;
            };
            // Less than announced needs no other place: what fits whole fits in part.
            let units = line.cases.saturating_mul(sku.units_per_case);
            match inbound::suggest(&self.floor, &stock, sku, &line.lot, units, &given) {
                Some((location, _)) => {
                    given.insert(location);
                }
                None => {
                    let free = self.floor.rack_codes().filter(|code| stock.is_empty(code)).count();
                    let why = format!(
                        "no place is left to put {} away: {free} pallet slots are free when the run begins, and lines \
                         before it take them all",
                        line.sku
                    );
                    no("inbound.line", at, "sku", why)?;
                }
            }
        }
        Ok(())
    }

    fn check_orders<E>(
        &self,
        no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut numbers = BTreeSet::new();
        for (index, order) in self.order.iter().enumerate() {
            let at = Some(index);
            if !numbers.insert(codes::key(&order.number)) {
                let why = format!("{} is there twice: capitals and small letters are one", order.number);
                no("order", at, "number", why)?;
            }
            if let Err(why) = self.is_order_number(&order.number) {
                no("order", at, "number", why)?;
            }
            for (sku, units) in &order.lines {
                if self.goods(sku).is_none() || !(1..=999).contains(units) {
                    no(
                        "order",
                        at,
                        "lines",
                        format!("{sku} = {units}: known goods, from 1 to 999 units"),
                    )?;
                }
            }
            if let Err(why) = self.can_be_weighed(order) {
                no("order", at, "lines", why)?;
            }
            if self.inbound.line.len() + index >= MOST_LABELS {
                no(
                    "order",
                    at,
                    "number",
                    format!(
                        "orders and lines of the notice together are more than {MOST_LABELS}, the labels of one run"
                    ),
                )?;
            }
        }
        Ok(())
    }

    fn goods(&self, code: &str) -> Option<&Sku> {
        self.sku.iter().find(|sku| sku.code == code)
    }

    /// Stock as it lies when a run begins.
    fn opening(&self) -> Stock {
        let mut stock = Stock::default();
        for line in &self.stock {
            let movement = Movement {
                sku: line.sku.clone(),
                lot: line.lot.clone(),
                from: OPENING.into(),
                to: line.location.as_str().into(),
                quantity: line.units,
            };
            // A line that can't be booked was told already.
            let _ = stock.apply(&movement);
        }
        stock
    }

    /// Whether a number can be scanned from a parcel's label, and means that order and nothing else then.
    fn is_order_number(&self, number: &str) -> Result<(), String> {
        if let Err(error) = label::bars(number) {
            return Err(format!(
                "{number:?} can't stand on a label ({error}); letters, digits and hyphens can, as in CK-0001"
            ));
        }
        if number.trim() != number {
            return Err(format!("{number:?} begins or ends with a space"));
        }
        let key = codes::key(number);
        if codes::is_of_a_run(&key) {
            return Err(format!(
                "{number:?} is built like a number that the run gives to its labels and papers; CK-0001 is not"
            ));
        }
        match Catalogue::new(&self.sku).read(number, None, |code| self.is_location(code)) {
            Scanned::Other(text) if text == key => Ok(()),
            Scanned::Other(_) | Scanned::NoGoods(_) | Scanned::Unreadable(_) => Err(format!(
                "{number:?} is read as something else by scanners; letters, digits and hyphens are not, as in CK-0001"
            )),
            Scanned::Goods { .. } | Scanned::Location(_) | Scanned::Command(_) => Err(format!(
                "{number:?} is the barcode of goods, a location or a command already"
            )),
        }
    }

    /// Whether the order's parcel, whole or with one unit alone, is within what a station's scale can tell.
    fn can_be_weighed(&self, order: &OrderSpec) -> Result<(), String> {
        let weighs = |sku: &str| self.goods(sku).map(|sku| sku.unit_weight_g);
        let lightest = order.lines.keys().filter_map(|sku| weighs(sku)).min();
        let least = lightest.map_or(EMPTY_GRAMS, |unit| unit + self.packing.carton_g);
        if least < EMPTY_GRAMS {
            return Err(format!(
                "a parcel of {least} g, carton and one unit, is none to the scale: it tells from {EMPTY_GRAMS} g on"
            ));
        }
        let there = |sku: &str| {
            let lies = self
                .stock
                .iter()
                .filter(|stock| stock.sku == sku)
                .map(|stock| stock.units);
            let comes = self.inbound.line.iter().filter(|line| line.sku == sku).map(|line| {
                let per_case = self.goods(sku).map_or(1, |sku| sku.units_per_case);
                line.cases.saturating_mul(per_case)
            });
            lies.chain(comes).fold(0_i64, i64::saturating_add)
        };
        let most = order.lines.iter().filter_map(|(sku, units)| {
            let units = (*units).min(there(sku));
            Some(units.saturating_mul(weighs(sku)?))
        });
        let most = most.fold(self.packing.carton_g, i64::saturating_add);
        if most > MOST_GRAMS {
            return Err(format!(
                "a parcel of {most} g can't be weighed: a station's scale takes {MOST_GRAMS} g; make it two orders"
            ));
        }
        Ok(())
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
        } else if codes::key(location) != location {
            let why = format!("{location:?} should be written {:?}", codes::key(location));
            no(table, Some(index), "location", why)?;
        }
        if self.goods(sku).is_none() {
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

/// A lot is a text of its maker's. One that is written like a date is a date of production, and has to be one.
fn check_lot<E>(
    table: &str,
    index: usize,
    lot: &str,
    no: &mut impl FnMut(&str, Option<usize>, &str, String) -> Result<(), E>,
) -> Result<(), E> {
    let like_a_date = lot.len() == 10
        && lot.bytes().enumerate().all(|(at, c)| {
            if matches!(at, 4 | 7) {
                c == b'-'
            } else {
                c.is_ascii_digit()
            }
        });
    if like_a_date && lot.parse::<jiff::civil::Date>().is_err() {
        no(table, Some(index), "lot", format!("there is no day {lot}"))?;
    }
    Ok(())
}
