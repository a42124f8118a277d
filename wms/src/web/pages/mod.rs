//! The pages, each with what it shows as plain data: what is shown is decided before a template sees it.

pub mod board;
pub mod calibrate;
pub mod codes;
pub mod devices;
pub mod events;
pub mod home;
pub mod ledger;
pub mod papers;
mod sheet;
pub mod station;

/// An entry of a choice.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Number.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Whether it is the one chosen.
    pub chosen: bool,
}

/// The way through a list that is longer than a page.
#[derive(Clone, Debug, Default)]
pub struct Turn {
    /// What is shown, of how many; empty where there is nothing.
    pub shown: String,
    /// Address of the page with older lines.
    pub older: Option<String>,
    /// Address of the page with newer lines.
    pub newer: Option<String>,
}

/// Something that waits for the reader.
#[derive(Clone, Debug, Default)]
pub struct Need {
    /// Style: `wrong-text`, `wait-text`, `help-text`.
    pub class: &'static str,
    /// Mark.
    pub mark: &'static str,
    /// Who or what.
    pub who: String,
    /// What.
    pub text: String,
    /// Where to go; empty where there is nowhere.
    pub href: String,
    /// What the link says.
    pub act: String,
}

#[cfg(test)]
mod tests;
