//! A board for each kind of node: carries samples from drivers to the logic, and what it decides back.

pub mod shelf;
