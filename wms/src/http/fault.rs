//! What goes wrong on the way of a request, and how a person or a program is told.
//!
//! A handler returns a [`Fault`]; the outermost layer says it as a page or as JSON, in the reader's language.

use askama::Template;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use rules::core::sentence::Sentence;
use rules::locale::Words;
use schemars::JsonSchema;
use serde::Serialize;

use super::frame::{Frame, Site};
use super::gate::{Visitor, wants_page};
use crate::engine::{ActError, App, StartError};
use crate::identity::IdentityError;
use crate::panics::caught;
use crate::store::StoreError;

/// What went wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nobody is signed in.
    SignIn,
    /// Their role may not do this.
    Role,
    /// It is another group's.
    OtherGroup,
    /// Another site's page sent it, or the form is not of this session.
    Elsewhere,
    /// It was asked for under a name that is not this server's.
    Host(String),
    /// There is no such thing.
    NotFound,
    /// There is, but not for this method.
    Method,
    /// What was sent is no good; why.
    Bad(Sentence),
    /// What was sent can't be read: no JSON, or not of the form that the API's document gives.
    Unreadable {
        /// 400, 413, 415 or 422.
        status: StatusCode,
        /// What exactly, for the programmer.
        detail: String,
    },
    /// It can't be done as things stand; why.
    Conflict(Sentence),
    /// Too many attempts; seconds to wait.
    TooOften(i64),
    /// The database could not be reached or written. Nothing was booked; what was sent can be sent again.
    Database,
    /// A fault of ours. Logged where it arose.
    Ours,
}

impl Fault {
    /// A fault of ours: logged with its cause, told without.
    pub fn ours(error: &(dyn std::error::Error + 'static)) -> Self {
        let all = std::iter::successors(Some(error), |cause| cause.source());
        let trouble = StoreError::is_trouble(error);
        let causes: Vec<String> = all.skip(1).map(ToString::to_string).collect();
        tracing::error!(%error, causes = causes.join(": "), "a request failed");
        if trouble { Self::Database } else { Self::Ours }
    }

    /// As HTTP numbers it.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Role | Self::OtherGroup | Self::Elsewhere => StatusCode::FORBIDDEN,
            Self::Host(_) => StatusCode::MISDIRECTED_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Bad(_) => StatusCode::BAD_REQUEST,
            Self::Unreadable { status, .. } => *status,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Database => StatusCode::SERVICE_UNAVAILABLE,
            Self::Ours => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What happened, and what to do.
    fn words(&self, words: &Words) -> (String, String) {
        let both = |what: &str, then: &str| (words.get(what).to_owned(), words.get(then).to_owned());
        match self {
            Self::SignIn => both("fault.sign_in", "fault.sign_in_then"),
            Self::Role => both("fault.role", "fault.role_then"),
            Self::OtherGroup => both("fault.other_group", "fault.other_group_then"),
            Self::Elsewhere => both("fault.elsewhere", "fault.elsewhere_then"),
            Self::Host(name) => (
                words.with_one("fault.host", "name", name),
                words.with_one("fault.host_then", "name", name),
            ),
            Self::NotFound => both("fault.not_found", "fault.not_found_then"),
            Self::Method => both("fault.method", "fault.method_then"),
            Self::Bad(why) | Self::Conflict(why) => (words.say(why), words.get("fault.back").to_owned()),
            Self::Unreadable { detail, .. } => (
                words.fill("fault.unreadable", &[("detail", detail)]),
                words.get("fault.unreadable_then").to_owned(),
            ),
            Self::TooOften(seconds) => (
                words.get("fault.too_often").to_owned(),
                words.fill("fault.too_often_then", &[("seconds", seconds)]),
            ),
            Self::Database => both("fault.database", "fault.database_then"),
            Self::Ours => both("fault.ours", "fault.ours_then"),
        }
    }
}

impl From<IdentityError> for Fault {
    fn from(error: IdentityError) -> Self {
        Self::ours(&error)
    }
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Self {
        match error {
            ActError::NoRun(_) => Self::NotFound,
            error => Self::ours(&error),
        }
    }
}

impl From<StartError> for Fault {
    fn from(error: StartError) -> Self {
        match error {
            StartError::NoScenario(_) | StartError::NoStation(_) | StartError::NoGroup(_) => Self::NotFound,
            StartError::Taken { group } => Self::Conflict(Sentence::new("home.station_taken").with("group", group)),
            StartError::Working { station } => {
                Self::Conflict(Sentence::new("home.group_works").with("station", station))
            }
            error => Self::ours(&error),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoRun(_) => Self::NotFound,
            error => Self::ours(&error),
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::ours(&error)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    frame: Frame,
    w: &'static Words,
    what: String,
    then: String,
    status: u16,
}

/// What went wrong, in the reader's language.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Fault")]
pub struct FaultJson {
    /// What happened, in one sentence.
    error: String,
    /// What to do about it, in one sentence.
    advice: String,
}

impl Fault {
    /// As a program is told.
    pub fn json(&self, words: &Words) -> FaultJson {
        let (error, advice) = self.words(words);
        FaultJson { error, advice }
    }
}

/// Says the faults of the layers below.
pub async fn tell(State(site): State<Site>, request: Request, next: Next) -> Response {
    let page = wants_page(request.headers());
    let mut frame = site.frame(request.headers(), &Visitor::default(), request.uri().path());
    let mut response = match caught("a request", next.run(request)).await {
        Ok(response) => response,
        Err(_) => Fault::Ours.into_response(),
    };
    let status = response.status();
    let fault = response.extensions_mut().remove::<Fault>();
    let Some(fault) = fault.or_else(|| unsaid(&response)) else {
        return response;
    };
    if matches!(fault, Fault::Database) {
        site.health.doubt();
        frame.trouble = site.trouble();
    }
    let allow = response.headers_mut().remove(header::ALLOW);
    let mut told = say(&fault, status, page, frame);
    // Which methods there are, where it was the method.
    if let Some(allow) = allow {
        told.headers_mut().insert(header::ALLOW, allow);
    }
    told
}

/// What a refusal means that no handler of ours gave: the library's own, in plain English.
fn unsaid(response: &Response) -> Option<Fault> {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let plain = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    match response.status() {
        _ if !plain => None,
        StatusCode::NOT_FOUND => Some(Fault::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(Fault::Method),
        status if status.is_client_error() => Some(Fault::Bad(Sentence::new("fault.request"))),
        status if status.is_server_error() => Some(Fault::Ours),
        _ => None,
    }
}

fn say(fault: &Fault, status: StatusCode, page: bool, frame: Frame) -> Response {
    let w = frame.lang.words();
    if !page {
        return (status, Json(fault.json(w))).into_response();
    }
    let (what, then) = fault.words(w);
    let page = FaultPage {
        frame,
        w,
        what,
        then,
        status: status.as_u16(),
    };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, page.what).into_response(),
    }
}

/// Refuses everything while the database's files are not there: what is read would be gone at the next start, what is
/// written is gone already.
pub async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    if let Err(gone) = app.db().intact()
        && !request.uri().path().starts_with("/assets/")
    {
        app.db().health().lost(app.db(), gone).await;
        return Fault::Database.into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::panics;

    #[tokio::test]
    async fn r7_a_panic_is_a_fault_page_and_is_counted() {
        async fn panics() -> Response {
            panic!("on purpose")
        }
        let site = Site {
            panel_url: None,
            demo: false,
            zone: rules::core::clock::Zone::default(),
            health: Default::default(),
        };
        let router: Router = Router::new()
            .route("/", get(panics))
            .layer(from_fn_with_state(site, tell));
        for (accept, expected) in [("text/html", "</html>"), ("application/json", "{\"error\"")] {
            let before = panics::count();
            let request = Request::get("/").header(header::ACCEPT, accept).body(Body::empty());
            let answer = router
                .clone()
                .oneshot(request.expect("a request"))
                .await
                .expect("an answer");
            assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
            let body = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
            assert!(String::from_utf8_lossy(&body).contains(expected), "{accept}");
            assert!(panics::count() > before);
        }
    }
}
