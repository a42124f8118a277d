//! The gate: finds out who is there, and lets in whom a route names.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use rules::core::crew::Account;
use tokio::sync::watch;

use super::fault::Fault;
use super::host::Hosts;
use super::routes::Access;
use crate::identity::{Accounts, IdentityError, Throttle, Token};

/// Name of the session's cookie.
pub const SESSION_COOKIE: &str = "cangxun_session";

/// Name of the cookie that marks a browser in which somebody was signed in.
pub const PLACE_COOKIE: &str = "cangxun_place";

/// What the gate needs to know people.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Accounts and sessions.
    pub accounts: Accounts,
    /// Whether anyone may sign in as one of the demo's people.
    pub demo: bool,
    /// Proxies whose word on a client's address is believed.
    pub proxies: Arc<[IpAddr]>,
    /// Names under which the server answers, besides the machine's own.
    pub hosts: Hosts,
    throttle: Arc<Mutex<Throttle>>,
    /// Counts on when a session ended in this process.
    ended: watch::Sender<u64>,
}

impl Gate {
    /// A gate before a database's accounts.
    pub fn new(accounts: Accounts, demo: bool, proxies: &[IpAddr]) -> Self {
        Self {
            accounts,
            demo,
            proxies: proxies.iter().map(IpAddr::to_canonical).collect(),
            hosts: Hosts::default(),
            throttle: Arc::default(),
            ended: watch::Sender::new(0),
        }
    }

    /// The same before a server that answers to these names, too.
    #[must_use]
    pub fn known_as(self, hosts: Hosts) -> Self {
        Self { hosts, ..self }
    }

    /// Changes when a session ended: whoever streams looks whether it was theirs.
    pub fn ended(&self) -> watch::Receiver<u64> {
        self.ended.subscribe()
    }

    /// Whether a session still stands. Where the database does not say, it does: a stream shows no more than was
    /// asked for, and is asked for again.
    pub async fn stands(&self, token: Option<&Token>) -> bool {
        let Some(token) = token else { return false };
        match self.accounts.by_session(token, crate::clock::now()).await {
            Ok(account) => account.is_some(),
            Err(error) => {
                tracing::warn!(%error, "it is not known whether a session stands");
                true
            }
        }
    }

    /// Ends a visitor's session, if they have one.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn leave(&self, visitor: &Visitor) -> Result<(), IdentityError> {
        if let Some(token) = &visitor.token {
            self.accounts.close_session(token).await?;
            self.ended.send_modify(|count| *count += 1);
        }
        Ok(())
    }

    /// Ends all sessions of an account, on whatever machine.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn leave_everywhere(&self, account: i64) -> Result<(), IdentityError> {
        self.accounts.close_sessions(account).await?;
        self.ended.send_modify(|count| *count += 1);
        Ok(())
    }

    /// The limit on attempts.
    pub fn throttle<T>(&self, act: impl FnOnce(&mut Throttle) -> T) -> T {
        act(&mut self.throttle.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whose request this is.
    async fn visitor(&self, headers: &HeaderMap) -> Result<Visitor, IdentityError> {
        let Some(token) = token(headers) else {
            return Ok(Visitor::default());
        };
        let account = self.accounts.by_session(&token, crate::clock::now()).await?;
        Ok(match account {
            Some(account) => Visitor {
                account: Some(account),
                token: Some(token),
            },
            None => Visitor::default(),
        })
    }
}

/// The session that a request names.
pub fn token(headers: &HeaderMap) -> Option<Token> {
    cookie(headers, SESSION_COOKIE).and_then(Token::from_cookie)
}

/// Whose request this is.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// Nobody's where they are not signed in.
    pub account: Option<Account>,
    /// Their session.
    pub token: Option<Token>,
}

impl Visitor {
    /// What their forms carry.
    pub fn form_token(&self) -> String {
        self.token.as_ref().map(Token::form_token).unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// The person, on routes that let nobody else in.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Account);

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let account = parts
            .extensions
            .get::<Visitor>()
            .and_then(|visitor| visitor.account.clone());
        account.map(Self).ok_or(Fault::SignIn)
    }
}

/// A gate before one route.
#[derive(Clone)]
pub struct Guard {
    /// The gate.
    pub gate: Gate,
    /// Whom it lets in here.
    pub access: Access,
}

/// Lets in who may, and tells others why not.
pub async fn admit(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let visitor = match guard.gate.visitor(request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => return Fault::from(error).into_response(),
    };
    if !request.method().is_safe() && comes_from_elsewhere(request.headers()) {
        return Fault::Elsewhere.into_response();
    }
    match (guard.access, &visitor.account) {
        (Access::Public, _) => {}
        (Access::Only(roles), Some(account)) if roles.contains(&account.role) => {}
        (Access::Only(_), Some(_)) => return Fault::Role.into_response(),
        (Access::Only(_), None) => return ask_to_sign_in(&request),
    }
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

/// A page sends to the sign-in page and comes back; anything else is told.
fn ask_to_sign_in(request: &Request) -> Response {
    let page = request.method() == Method::GET && wants_page(request.headers());
    if !page {
        return Fault::SignIn.into_response();
    }
    let back = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let query: String = form_urlencoded(back);
    Redirect::to(&format!("/sign-in?next={query}")).into_response()
}

fn form_urlencoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// Whether a person's browser asks for a page.
pub fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// Whether a browser says that another site's page sent this. Programs that are no browsers say nothing of the kind and
/// carry no cookie that a page could misuse.
fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return false };
    let host = text("host").unwrap_or_default();
    origin.split_once("://").is_none_or(|(_, name)| name != host)
}

/// A cookie's value.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(given, _)| *given == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().expect("name"), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn what_another_site_sends_is_told_apart() {
        for (elsewhere, pairs) in [
            (false, &[][..]),
            (false, &[("sec-fetch-site", "same-origin")]),
            (false, &[("sec-fetch-site", "none")]),
            (true, &[("sec-fetch-site", "cross-site")]),
            (true, &[("sec-fetch-site", "same-site")]),
            (
                false,
                &[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")],
            ),
            (true, &[("origin", "http://evil.example"), ("host", "127.0.0.1:8080")]),
            (true, &[("origin", "null"), ("host", "127.0.0.1:8080")]),
        ] {
            assert_eq!(comes_from_elsewhere(&headers(pairs)), elsewhere, "{pairs:?}");
        }
    }

    #[test]
    fn cookies_are_found_by_name() {
        let headers = headers(&[("cookie", "a=1; cangxun_session=xyz;b=2")]);
        assert_eq!(cookie(&headers, SESSION_COOKIE), Some("xyz"));
        assert_eq!(cookie(&headers, "b"), Some("2"));
        assert_eq!(cookie(&headers, "session"), None);
    }
}
