//! The durable outbox: what a node has said and the WMS has not yet committed.
//!
//! - [`record`]: the bytes on disk.
//! - [`log`]: segments of records; append, read back, forget.
//! - [`writer`]: the thread that owns the log and makes one disk write of all events that wait (group commit).
//! - [`waiting`]: what waits to be written; pure.
//! - [`queue`]: which events go to the WMS next; pure.
//!
//! Why a log of our own: the outbox is a queue, appended at one end and forgotten at the other. A log does that with
//! one write and one flush for a group, and its whole recovery is "read until the first record that is not whole".

pub mod log;
pub mod queue;
pub mod record;
pub mod waiting;
pub mod writer;

pub use record::Seq;
