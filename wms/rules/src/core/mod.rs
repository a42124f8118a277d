//! What all parts of the work share.

pub mod act;
pub mod clock;
pub mod code128;
pub mod codes;
pub mod crew;
pub mod demand;
pub mod goods;
pub mod ground;
pub mod hand;
pub mod head;
pub mod label;
pub mod lot;
pub mod paper;
pub mod plan;
pub mod scenario;
pub mod sentence;
pub mod shared;
pub mod stock;
pub mod words;
