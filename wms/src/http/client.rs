//! The address a request came from.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use super::gate::Gate;

/// The address a request came from, where the server knows it. What `X-Forwarded-For` says is believed only of a proxy
/// that the operator trusts: anybody can send the header.
pub struct Client(pub Option<IpAddr>);

impl<S> FromRequestParts<S> for Client
where
    S: Send + Sync,
    Gate: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let gate = Gate::from_ref(state);
        Ok(Self(peer.map(|peer| {
            client(peer.to_canonical(), &parts.headers, &gate.proxies)
        })))
    }
}

/// The last address that no trusted proxy has; each proxy appends the one it heard from.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let lines = headers.get_all("x-forwarded-for").iter();
    let named: Vec<&str> = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .collect();
    let mut last = peer;
    for name in named.iter().rev() {
        if !proxies.contains(&last) {
            break;
        }
        match address(name) {
            Some(address) => last = address,
            None => break,
        }
    }
    last
}

/// With or without a port, an IPv6 address also in brackets.
fn address(name: &str) -> Option<IpAddr> {
    let name = name.trim();
    let bare = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let address = bare.or_else(|_| name.parse::<SocketAddr>().map(|address| address.ip()));
    address.ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_believed_of_trusted_proxies_alone() {
        for (peer, forwarded, seen) in [
            ("10.0.0.9", &[][..], "10.0.0.9"),
            ("10.0.0.9", &["1.2.3.4"], "10.0.0.9"),
            ("127.0.0.1", &[], "127.0.0.1"),
            ("127.0.0.1", &["1.2.3.4"], "1.2.3.4"),
            ("127.0.0.1", &["1.2.3.4:5678"], "1.2.3.4"),
            ("127.0.0.1", &["[2001:db8::1]:5678"], "2001:db8::1"),
            ("127.0.0.1", &["[2001:db8::1]"], "2001:db8::1"),
            // What the sender wrote itself stands before what the proxy saw.
            ("127.0.0.1", &["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
            ("127.0.0.1", &["6.6.6.6", "1.2.3.4"], "1.2.3.4"),
            // Two proxies, one after the other.
            ("127.0.0.1", &["6.6.6.6, 1.2.3.4, 10.0.0.1"], "1.2.3.4"),
            ("127.0.0.1", &["nonsense"], "127.0.0.1"),
            ("127.0.0.1", &["127.0.0.1"], "127.0.0.1"),
        ] {
            let headers = forwarded.iter().map(|value| {
                let name = "x-forwarded-for".parse().expect("name");
                (name, value.parse().expect("value"))
            });
            let mut map = HeaderMap::new();
            headers.for_each(|(name, value): (axum::http::HeaderName, axum::http::HeaderValue)| {
                map.append(name, value);
            });
            let proxies = ["127.0.0.1".parse().expect("one"), "10.0.0.1".parse().expect("two")];
            let found = client(peer.parse().expect("peer"), &map, &proxies);
            assert_eq!(found.to_string(), seen, "{peer} {forwarded:?}");
        }
    }
}
