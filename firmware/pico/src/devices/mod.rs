//! A board for each kind of node: carries samples from drivers to the logic, and what it decides back.

pub mod bridge;
mod face;
pub mod printer;
pub mod scale;
pub mod scanner;
pub mod shelf;
