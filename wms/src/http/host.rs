//! Under which names this server answers.
//!
//! A page of another site may give its own name our address, and its scripts are then of the same origin as ours
//! (DNS rebinding). The browser tells on them: it asks for the name that the page has. So pages and API answer to names that
//! are this machine's, to its own addresses, and to what `--known-host` adds. An address of its own is looked at when it is
//! asked for: it may come by DHCP long after the start.

use std::net::{IpAddr, UdpSocket};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::fault::Fault;
use super::gate::Gate;

/// Longest name that is said back.
const LONGEST: usize = 80;

/// A name that can't be one under which a server answers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no host's name: give a name or an address alone, as in wms.school.example, without http:// and port")]
pub struct NoHost(String);

/// The names that were given besides this machine's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts(Arc<[String]>);

impl Hosts {
    /// With these names and addresses.
    ///
    /// # Errors
    /// Where one is none.
    pub fn new(names: &[String]) -> Result<Self, NoHost> {
        let name = |given: &String| {
            let bare = given.trim();
            let bracketed = bare.parse::<std::net::Ipv6Addr>().map(|address| format!("[{address}]"));
            let text = bracketed.unwrap_or_else(|_| bare.to_owned());
            match bare_name(&text) {
                Some((name, None)) => Ok(name),
                _ => Err(NoHost(given.clone())),
            }
        };
        Ok(Self(names.iter().map(name).collect::<Result<_, _>>()?))
    }

    /// Whether this server answers to what a request calls it (`teacher-pc:8080`).
    fn know(&self, called: &str) -> bool {
        let Some((name, _)) = bare_name(called) else {
            return false;
        };
        if self.0.contains(&name) {
            return true;
        }
        match name.parse::<IpAddr>() {
            Ok(address) => is_own(address.to_canonical()),
            Err(_) => name == "localhost" || name.ends_with(".localhost") || is_own_name(&name),
        }
    }
}

/// Name and port of what a request calls a server; none where it can't be one.
fn bare_name(called: &str) -> Option<(String, Option<u16>)> {
    let authority: Authority = called.parse().ok()?;
    if called.contains('@') || authority.host().is_empty() {
        return None;
    }
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    // `:` without a number is no port, and no browser sends it.
    let port = authority.port_u16();
    if port.is_none() && called.len() != authority.host().len() {
        return None;
    }
    let name = name.strip_suffix('.').unwrap_or(name).to_lowercase();
    // An address has many spellings.
    let name = name
        .parse::<IpAddr>()
        .map_or(name, |address| address.to_canonical().to_string());
    Some((name, port))
}

/// Whether an address is this machine's: only on such a one it lets a socket begin.
fn is_own(address: IpAddr) -> bool {
    let one = match address {
        IpAddr::V4(address) => !address.is_unspecified() && !address.is_multicast() && !address.is_broadcast(),
        IpAddr::V6(address) => !address.is_unspecified() && !address.is_multicast(),
    };
    one && (address.is_loopback() || UdpSocket::bind((address, 0)).is_ok())
}

/// Whether a name is this machine's: as its system calls it, in short, or as its neighbours find it.
fn is_own_name(name: &str) -> bool {
    let system = std::fs::read_to_string("/proc/sys/kernel/hostname");
    let own = system.map(|own| own.trim().to_lowercase()).unwrap_or_default();
    let short = own.split('.').next().unwrap_or_default();
    !short.is_empty() && (name == own || name == short || name.strip_suffix(".local") == Some(short))
}

/// Lets in who asks for this server by a name that is its own. Our styles are for everybody: the refusal is a page, too.
pub async fn known(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/assets/") {
        return next.run(request).await;
    }
    let uri = request.uri().authority().map(Authority::as_str);
    let headers = request.headers().get_all(header::HOST);
    // Without any of them it is no browser.
    let called = headers.iter().map(|host| host.to_str().unwrap_or("?")).chain(uri);
    for called in called {
        if !gate.hosts.know(called) {
            let name = bare_name(called).map_or_else(|| called.to_owned(), |(name, _)| name);
            return Fault::Host(name.chars().take(LONGEST).collect()).into_response();
        }
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(names: &[&str]) -> Result<Hosts, NoHost> {
        Hosts::new(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn r13_a_machine_answers_to_its_own_names() {
        let none = hosts(&[]).expect("none");
        let own = std::fs::read_to_string("/proc/sys/kernel/hostname").expect("a name");
        let own = own.trim();
        for known in [
            "127.0.0.1",
            "127.0.0.1:8080",
            "[::1]:8080",
            "localhost:8080",
            "LOCALHOST",
            "localhost.:8080",
            "wms.localhost",
            own,
            &format!("{own}:8080"),
            &own.to_uppercase(),
        ] {
            assert!(none.know(known), "{known}");
        }
        for foreign in [
            "",
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.0.2.7:8080",
            "[2001:db8::7]:8080",
            "0.0.0.0:8080",
            "[::]:8080",
            "224.0.0.1",
            "evil@localhost",
            "localhost:8080:1",
            "local host",
            &format!("{own}.evil.example"),
        ] {
            assert!(!none.know(foreign), "{foreign}");
        }
    }

    /// The address that this machine has towards others, if it has one: nobody gave it to the server.
    #[test]
    fn r13_an_address_that_the_machine_has_is_known() {
        let socket = UdpSocket::bind("0.0.0.0:0").expect("a socket");
        // Connecting a datagram socket sends nothing.
        if socket.connect("192.0.2.1:9").is_ok() {
            let own = socket.local_addr().expect("an address").ip();
            assert!(Hosts::default().know(&format!("{own}:8080")), "{own}");
        }
    }

    #[test]
    fn r13_names_can_be_added() {
        let some = hosts(&["wms.school.example", "192.0.2.7", "2001:DB8:0::7", "[2001:db8::8]"]).expect("names");
        for known in [
            "wms.school.example",
            "WMS.School.example.:443",
            "192.0.2.7:80",
            "[2001:db8::7]",
            "[2001:db8::8]:1",
        ] {
            assert!(some.know(known), "{known}");
        }
        assert!(!some.know("school.example") && !some.know("a.wms.school.example"));
        for bad in [
            "",
            " ",
            "http://wms.example",
            "wms.example:8080",
            "wms.example/",
            "a b",
            "me@wms.example",
        ] {
            assert!(hosts(&[bad]).is_err(), "{bad:?}");
        }
    }
}
