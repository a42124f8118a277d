//! Signing in and out, and the choice of language.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use rules::core::crew::Account;
use rules::locale::{Lang, Words};
use serde::Deserialize;

use crate::clock;
use crate::http::client::Client;
use crate::http::fault::Fault;
use crate::http::form::{Empty, Form};
use crate::http::frame::{Frame, LANG_COOKIE};
use crate::http::gate::{Gate, PLACE_COOKIE, SESSION_COOKIE, SignedIn, Visitor, cookie};
use crate::http::parts::Query;
use crate::identity::{Mark, Place, SESSION_MILLIS, demo};

/// How long a browser keeps its mark: browsers allow no more than 400 days.
const PLACE_SECONDS: i64 = 400 * 24 * 3600;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page {
    frame: Frame,
    w: &'static Words,
    next: String,
    login: String,
    wrong: Option<String>,
    people: Vec<Account>,
}

#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`
pub async fn page(frame: Frame, State(gate): State<Gate>, Query(query): Query<Next>) -> Result<Html<String>, Fault> {
    render(frame, &gate, query.next, String::new(), None).await
}

async fn render(
    frame: Frame,
    gate: &Gate,
    next: String,
    login: String,
    wrong: Option<String>,
) -> Result<Html<String>, Fault> {
    let mut people = if gate.demo {
        gate.accounts.all().await?
    } else {
        Vec::new()
    };
    people.retain(|account| demo::is_demo(&account.login));
    let w = frame.words();
    Ok(Html(
        Page {
            frame,
            w,
            next,
            login,
            wrong,
            people,
        }
        .render()?,
    ))
}

#[derive(Deserialize)]
pub struct SignIn {
    login: String,
    password: String,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in`
pub async fn sign_in(
    frame: Frame,
    State(gate): State<Gate>,
    Client(address): Client,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Result<Response, Fault> {
    let login = form.login.trim().to_lowercase();
    let mark = match cookie(&headers, PLACE_COOKIE) {
        Some(mark) => gate.accounts.mark(&login, mark).await?,
        None => None,
    };
    let place = Place {
        address,
        browser: mark.as_ref().map(Mark::number),
    };
    // The wall clock may be set meanwhile; nobody waits a day for that.
    let now = clock::unstepped();
    if let Err(wait) = gate.throttle(|throttle| throttle.attempt(&login, place, now)) {
        let w = frame.words();
        let wrong = w.fill("sign_in.too_often", &[("seconds", &wait.seconds())]);
        let page = render(frame, &gate, form.next, login, Some(wrong)).await?;
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    match gate.accounts.by_password(&login, &form.password).await? {
        Some(account) => {
            gate.throttle(|throttle| throttle.succeeded(&login, place, now));
            let mut response = open(&gate, &visitor, &account, &headers, &form.next).await?;
            if mark.is_none()
                && let Some(mark) = gate.accounts.new_mark(&login).await?
                && let Ok(cookie) = set_cookie(&headers, PLACE_COOKIE, &mark.to_cookie(), PLACE_SECONDS).parse()
            {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            Ok(response)
        }
        None => {
            let wrong = frame.words().get("sign_in.wrong").to_owned();
            let page = render(frame, &gate, form.next, login, Some(wrong)).await?;
            Ok((StatusCode::UNAUTHORIZED, page).into_response())
        }
    }
}

#[derive(Deserialize)]
pub struct SignInAs {
    login: String,
    #[serde(default)]
    next: String,
}

/// `POST /sign-in/demo`
pub async fn sign_in_as(
    State(gate): State<Gate>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<SignInAs>,
) -> Result<Response, Fault> {
    if !gate.demo || !demo::is_demo(&form.login) {
        return Err(Fault::NotFound);
    }
    let account = gate.accounts.by_login(&form.login).await?.ok_or(Fault::NotFound)?;
    open(&gate, &visitor, &account, &headers, &form.next).await
}

/// Opens a session. The one that this browser had is over: its cookie is replaced, and whoever copied it is out.
async fn open(
    gate: &Gate,
    visitor: &Visitor,
    account: &Account,
    headers: &HeaderMap,
    next: &str,
) -> Result<Response, Fault> {
    gate.leave(visitor).await?;
    let token = gate.accounts.open_session(account.id, clock::now()).await?;
    let cookie = set_cookie(headers, SESSION_COOKIE, &token.to_cookie(), SESSION_MILLIS / 1000);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(local(next))).into_response())
}

/// `POST /sign-out`
pub async fn sign_out(
    State(gate): State<Gate>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(Empty {}): Form<Empty>,
) -> Result<Response, Fault> {
    gate.leave(&visitor).await?;
    Ok(left(&headers))
}

/// `POST /sign-out/everywhere`: here, and on every machine where this person is signed in.
pub async fn sign_out_everywhere(
    State(gate): State<Gate>,
    SignedIn(account): SignedIn,
    headers: HeaderMap,
    Form(Empty {}): Form<Empty>,
) -> Result<Response, Fault> {
    gate.leave_everywhere(account.id).await?;
    Ok(left(&headers))
}

fn left(headers: &HeaderMap) -> Response {
    let cookie = set_cookie(headers, SESSION_COOKIE, "", 0);
    ([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response()
}

#[derive(Deserialize)]
pub struct Language {
    lang: String,
    #[serde(default)]
    next: String,
}

/// `POST /language`
pub async fn language(headers: HeaderMap, Form(form): Form<Language>) -> Response {
    let code = Lang::from_code(&form.lang).code();
    let cookie = set_cookie(&headers, LANG_COOKIE, code, 365 * 24 * 3600);
    ([(header::SET_COOKIE, cookie)], Redirect::to(local(&form.next))).into_response()
}

fn set_cookie(headers: &HeaderMap, name: &str, value: &str, seconds: i64) -> String {
    let encrypted = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let secure = if encrypted { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// A path on this server, never another site's address. Browsers read `\\` as `/` and pass over tabs and line ends; a path of
/// ours has none of them, and all that is not plain is written with `%`.
fn local(next: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    let on_this_server = next.starts_with('/') && !next.starts_with("//") && next.bytes().all(plain);
    if on_this_server && !next.starts_with("/sign-in") {
        next
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r13_after_signing_in_one_stays_on_this_server() {
        for (next, target) in [
            ("/board?x=1", "/board?x=1"),
            ("", "/"),
            ("http://evil.example/", "/"),
            ("//evil.example/", "/"),
            ("/\\evil.example", "/"),
            ("/a\r\nset-cookie: x", "/"),
            ("/\t/evil.example", "/"),
            ("/\0", "/"),
            ("/\u{7f}", "/"),
            ("/ /evil.example", "/"),
            ("/板", "/"),
            ("/board%00", "/board%00"),
            ("/sign-in?next=/", "/"),
        ] {
            assert_eq!(local(next), target, "{next:?}");
        }
    }
}
