//! A board for each kind of node: carries samples from drivers to the logic, and what it decides back.

mod face;
pub mod scanner;
pub mod shelf;
