//! A node's clock, told on the master's.
