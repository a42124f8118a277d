//! The first words of a session. Pure.

use uplink::{FromWms, GatewayHello, OLDEST_PROTOCOL, PROTOCOL, Refusal, UnixMillis};

use super::Enrolment;
use crate::words::Text;

/// What the gateway says first; `now` is its wall clock.
#[must_use]
pub fn hello(enrolment: &Enrolment, pending: u64, now: UnixMillis) -> GatewayHello {
    GatewayHello {
        protocol: PROTOCOL,
        oldest: OLDEST_PROTOCOL,
        gateway: enrolment.gateway.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        key: enrolment.key.clone(),
        pending,
        now,
    }
}

/// How the WMS's first word is to be taken.
#[derive(Debug, PartialEq)]
pub enum Greeted {
    /// The session stands.
    Stands,
    /// It can't.
    Refused(Text),
}

/// Reads the WMS's first word.
#[must_use]
pub fn greet(message: &FromWms) -> Greeted {
    Greeted::Refused(match message {
        FromWms::Welcome { protocol, .. } if (OLDEST_PROTOCOL..=PROTOCOL).contains(protocol) => {
            return Greeted::Stands;
        }
        FromWms::Welcome { protocol, .. } => Text::new("uplink-version")
            .with("gateway", format!("{OLDEST_PROTOCOL}–{PROTOCOL}"))
            .with("wms", protocol),
        FromWms::Refused(Refusal::Protocol { wms, wms_oldest, .. }) => Text::new("uplink-version")
            .with("gateway", format!("{OLDEST_PROTOCOL}–{PROTOCOL}"))
            .with("wms", format!("{wms_oldest}–{wms}")),
        FromWms::Refused(Refusal::Key) => Text::new("uplink-key"),
        FromWms::Refused(Refusal::Malformed { detail }) => Text::new("uplink-malformed").with("detail", detail),
        FromWms::Answer { .. } | FromWms::Desire(_) => Text::new("uplink-order"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_neither_knows_is_refused_by_either_side() {
        assert_eq!(
            greet(&FromWms::Welcome {
                protocol: PROTOCOL,
                now: 0
            }),
            Greeted::Stands
        );
        for word in [
            FromWms::Welcome {
                protocol: PROTOCOL + 1,
                now: 0,
            },
            FromWms::Refused(Refusal::Protocol {
                gateway: 1,
                gateway_oldest: 1,
                wms: 9,
                wms_oldest: 8,
            }),
        ] {
            let Greeted::Refused(text) = greet(&word) else {
                panic!("{word:?}")
            };
            assert_eq!(text.id(), "uplink-version");
        }
    }
}
