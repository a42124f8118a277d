//! Acts of people.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;

use super::runs::{OfRun, actor, visible};
use crate::clock;
use crate::identity::{Account, Role};
use crate::locale::Sentence;
use crate::training::{Act, ActEnvelope, Answer, App, RunId};
use crate::web::{Fault, Json, Path, SignedIn};

/// Longest source, in bytes.
const LONGEST_SOURCE: usize = 100;

/// An act of a person.
#[derive(Deserialize, JsonSchema)]
pub struct PersonalAct {
    /// The sender's own number for it, without control characters: a repeat gets the first answer.
    #[schemars(length(min = 1, max = LONGEST_SOURCE), regex(pattern = r"^[^\u0000-\u001f\u007f-\u009f]+$"))]
    source: String,
    /// What was done.
    act: Act,
}

/// `POST /api/runs/{run}/acts`
///
/// # Errors
/// Where there is no such run, it is not theirs, or the act is not for their role.
pub async fn act(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Path(OfRun { run }): Path<OfRun>,
    Json(PersonalAct { source, act }): Json<PersonalAct>,
) -> Result<Json<Answer>, Fault> {
    visible(&app, &account, run).await?;
    Ok(Json(act_as(&app, &account, run, &source, act).await?))
}

/// Takes an act of a person, where it is for their role.
///
/// # Errors
/// Where it is not, what they sent is no good, or it could not be kept.
pub async fn act_as(app: &App, account: &Account, run: RunId, source: &str, act: Act) -> Result<Answer, Fault> {
    let allowed = match act {
        Act::Judge { .. } => account.role == Role::Instructor,
        Act::HandIn { .. } => account.role == Role::Student,
        Act::Scan { .. } | Act::RecordShort { .. } | Act::Reprint { .. } | Act::Sign { .. } | Act::WriteLog { .. } => {
            account.role != Role::Technician
        }
        // What devices and the system say, nobody else may say for them.
        Act::Open | Act::Close | Act::Key { .. } | Act::Weight { .. } | Act::Printed { .. } => false,
    };
    if !allowed {
        return Err(Fault::Role);
    }
    if source.is_empty() || source.len() > LONGEST_SOURCE || source.chars().any(char::is_control) {
        return Err(Fault::Bad(Sentence::new("fault.source")));
    }
    if !act.fits() {
        return Err(Fault::Bad(Sentence::new("fault.act_text")));
    }
    let envelope = ActEnvelope {
        source: format!("person:{}:{source}", account.id),
        at: clock::now(),
        certain: true,
        actor: actor(account),
        act,
    };
    Ok(app.act(run, envelope).await?)
}
