//! What the wire costs, computed.
