//! What all parts of the work share.

pub mod clock;
pub mod code128;
pub mod codes;
pub mod crew;
pub mod goods;
pub mod label;
pub mod paper;
pub mod plan;
pub mod sentence;
pub mod stock;
