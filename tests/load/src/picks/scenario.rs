//! A drill with many picks: every slot of the shelf holds goods of its own, and every order wants one of each.

use std::fmt::Write;

/// Positions of a shelf, each with goods of its own.
pub const SLOTS: usize = 24;
/// Orders of a run.
pub const ORDERS: usize = 10;
/// The scenario's name.
pub const ID: &str = "many-picks";

/// Barcodes of the goods that arrive: a case, and a unit.
pub struct Arrives {
    /// GTIN-14.
    pub case: String,
    /// GTIN-13.
    pub unit: String,
}

/// The scenario's file.
pub fn toml() -> String {
    let mut text = format!(
        "id = \"{ID}\"\nowner = \"晴野电商\"\nsupplier = \"云帆日化\"\ncontract = \"HT-0001\"\n\
         [title]\nzh = \"许多拣货\"\nen = \"Many picks\"\n[brief]\nzh = \"测量用\"\nen = \"For measuring\"\n\
         [packing]\ncarton_g = 180\ntolerance_percent = 2\ntolerance_g = 20\n\
         [floor]\npick_shelf = {{ zone = \"A\", racks = 1, levels = 3, slots = 8, min_units = 4, max_units = 24 }}\n\
         pallet_rack = {{ zone = \"S\", racks = 2, levels = 3, slots = 4, pallet_mm = [1200, 1000], max_kg = 1000, max_height_mm = 1500 }}\n\
         areas = [\"R\", \"Q\", \"D\", \"P\", \"C\", \"O\"]\n\
         [inbound]\n[[inbound.line]]\nsku = \"RY001\"\ncases = 1\nlot = \"2026-09-08\"\narrives = {{ cases = 1 }}\n"
    );
    for number in 1..=SLOTS {
        let (level, slot) = ((number - 1) / 8 + 1, (number - 1) % 8 + 1);
        let Arrives { case, unit } = codes(number);
        // Writing to a string can't fail.
        let _ = write!(
            text,
            "[[sku]]\ncode = \"RY{number:03}\"\nname = \"货品{number}\"\nunit = \"件\"\ngtin13 = \"{unit}\"\n\
             case_gtin14 = \"{case}\"\nunits_per_case = 10\nunit_weight_g = 150\nunit_size_mm = [85, 65, 200]\n\
             shelf_life_days = 1095\nabc = \"A\"\n\
             [[stock]]\nlocation = \"A-01-{level:02}-{slot:02}\"\nsku = \"RY{number:03}\"\nunits = {}\nlot = \"2026-03-02\"\n",
            ORDERS + 1
        );
    }
    for number in 1..=ORDERS {
        let lines: Vec<String> = (1..=SLOTS).map(|sku| format!("RY{sku:03} = 1")).collect();
        let _ = write!(
            text,
            "[[order]]\nnumber = \"CK-{number:04}\"\ncustomer = \"王**\"\naddress = \"晴川路**号\"\ncourier = \"训练速递\"\n\
             lines = {{ {} }}\n",
            lines.join(", ")
        );
    }
    text
}

/// Barcodes of the goods with this number, in GS1's range for use within a company.
pub fn codes(number: usize) -> Arrives {
    Arrives {
        case: with_check_digit(&format!("1200015240{number:03}")),
        unit: with_check_digit(&format!("200015240{number:03}")),
    }
}

/// GS1: weights 3 and 1 from the right, the sum is filled up to a multiple of ten.
fn with_check_digit(digits: &str) -> String {
    let weighed = digits.bytes().rev().zip([3, 1].into_iter().cycle());
    let sum: u32 = weighed.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
