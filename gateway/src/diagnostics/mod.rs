//! What technicians see: the status port, metrics, and the doctor.

pub mod doctor;
pub mod http;
pub mod report;
