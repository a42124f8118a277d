//! What every page has: language, navigation, who is signed in.

use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use rules::core::clock::Zone;
use rules::core::crew::{Account, Role};
use rules::locale::{Lang, Words};

use super::assets;
use super::gate::{Visitor, cookie};
use crate::store::{Health, Wellness};

/// Name of the language's cookie.
pub const LANG_COOKIE: &str = "cangxun_lang";

/// What is the same on every page of this server.
#[derive(Clone, Debug)]
pub struct Site {
    /// Address of the virtual floor's front panel, where there is one.
    pub panel_url: Option<Arc<str>>,
    /// Whether the demo's people may be signed in as.
    pub demo: bool,
    /// The zone whose time pages show.
    pub zone: Zone,
    /// How the database is.
    pub health: Health,
}

impl Site {
    /// The frame of one page.
    pub fn frame(&self, headers: &HeaderMap, visitor: &Visitor, path: &str) -> Frame {
        Frame {
            lang: cookie(headers, LANG_COOKIE).map_or_else(Lang::default, Lang::from_code),
            account: visitor.account.clone(),
            form_token: visitor.form_token(),
            path: path.to_owned(),
            panel_url: self.panel_url.clone(),
            demo: self.demo,
            zone: self.zone.clone(),
            trouble: self.trouble(),
        }
    }

    /// What is wrong with the database, where something is: a key of the words.
    pub fn trouble(&self) -> Option<&'static str> {
        match self.health.now() {
            Wellness::Well => None,
            Wellness::Unwritable(_) => Some("trouble.unwritable"),
            Wellness::Gone(_) => Some("trouble.gone"),
        }
    }
}

/// What every page has.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Reader's language.
    pub lang: Lang,
    /// Who reads.
    pub account: Option<Account>,
    /// What forms carry.
    pub form_token: String,
    /// This page.
    pub path: String,
    /// The front panel.
    pub panel_url: Option<Arc<str>>,
    /// Demo mode.
    pub demo: bool,
    /// The zone whose time this page shows.
    pub zone: Zone,
    /// What is wrong with the database, where something is: a key of the words.
    pub trouble: Option<&'static str>,
}

impl Frame {
    /// Words of the reader's language.
    pub fn words(&self) -> &'static Words {
        self.lang.words()
    }

    /// The other language's code and own name, for the switch.
    pub fn other_lang(&self) -> (&'static str, &'static str) {
        match self.lang {
            Lang::Zh => ("en", "English"),
            Lang::En => ("zh", "中文"),
        }
    }

    /// Address of a file of ours, with its version.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// Whether the reader has one of the roles; `role` is a code.
    pub fn is(&self, role: &str) -> bool {
        self.account.as_ref().is_some_and(|account| account.role.code() == role)
    }

    /// Entries of the navigation: address, key of its name, whether it is this page.
    pub fn navigation(&self) -> Vec<(&'static str, &'static str, bool)> {
        let Some(account) = &self.account else {
            return Vec::new();
        };
        let entries: &[(&str, &str)] = match account.role {
            Role::Student => &[
                ("/", "nav.home"),
                ("/papers", "nav.papers"),
                ("/ledger", "nav.ledger"),
                ("/events", "nav.events"),
            ],
            Role::Instructor => &[
                ("/", "nav.home"),
                ("/board", "nav.board"),
                ("/papers", "nav.papers"),
                ("/ledger", "nav.ledger"),
                ("/events", "nav.events"),
                ("/devices", "nav.devices"),
            ],
            Role::Technician => &[("/", "nav.home"), ("/devices", "nav.devices"), ("/api", "nav.api")],
        };
        entries
            .iter()
            .map(|(path, key)| (*path, *key, self.path == *path))
            .collect()
    }
}

/// The frame is taken like any part of a request.
impl<S> FromRequestParts<S> for Frame
where
    S: Send + Sync,
    Site: FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let visitor = parts.extensions.get::<Visitor>().cloned().unwrap_or_default();
        Ok(Site::from_ref(state).frame(&parts.headers, &visitor, parts.uri.path()))
    }
}
