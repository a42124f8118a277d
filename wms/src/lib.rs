//! 仓训: the warehouse management system of a training floor.

pub mod fonts;
pub mod identity;
pub mod labels;
pub mod locale;
pub mod papers;
pub mod web;
