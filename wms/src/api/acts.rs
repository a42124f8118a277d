//! Acts of people.

use axum::extract::State;
use rules::core::sentence::Sentence;
use rules::stored::ACT_FORMAT;
use rules::{Act, Answer};
use schemars::JsonSchema;
use serde::Deserialize;

use super::OfRun;
use crate::access::{LONGEST_SOURCE, act_as, visible};
use crate::engine::App;
use crate::http::{Fault, Json, Path, SignedIn};

/// An act of a person.
#[derive(Deserialize, JsonSchema)]
pub struct PersonalAct {
    /// The sender's own number for it, without control characters: a repeat gets the first answer.
    #[schemars(length(min = 1, max = LONGEST_SOURCE), regex(pattern = r"^[^\u0000-\u001f\u007f-\u009f]+$"))]
    source: String,
    /// Format of the act, for a program that keeps acts and sends them later: that of its events then. Today's where it
    /// is not told; a newer one is refused.
    #[serde(default = "newest")]
    #[schemars(range(min = 1))]
    format: i64,
    /// What was done.
    act: Act,
}

fn newest() -> i64 {
    ACT_FORMAT
}

/// `POST /api/runs/{run}/acts`
///
/// # Errors
/// Where there is no such run, it is not theirs, or the act is not for their role.
pub async fn act(
    State(app): State<App>,
    SignedIn(account): SignedIn,
    Path(OfRun { run }): Path<OfRun>,
    Json(PersonalAct { source, format, act }): Json<PersonalAct>,
) -> Result<Json<Answer>, Fault> {
    visible(&app, &account, run).await?;
    // All formats so far say an act alike.
    if format > ACT_FORMAT {
        let why = Sentence::new("station.newer");
        return Err(Fault::Bad(why));
    }
    Ok(Json(act_as(&app, &account, run, &source, act).await?))
}
