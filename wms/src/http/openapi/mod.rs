//! The API's document, OpenAPI 3.1, made from what runs: paths and roles from the route table, what a route takes and
//! gives from its handler's signature, the shape of JSON from the very types that are read and written.

mod document;
mod operation;
mod signature;

pub use document::{Document, TITLE, document};
pub use operation::{About, Operation};
pub use signature::{Described, Draft, Gives, Takes};
