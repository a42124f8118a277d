//! Who may do what: which runs somebody sees, which acts are for their role.

use std::sync::Arc;

use rules::core::crew::{Account, Role};
use rules::core::sentence::Sentence;
use rules::{Act, ActEnvelope, Actor, Answer, RunHead, RunId, RunState};

use crate::clock;
use crate::engine::App;
use crate::http::Fault;

/// Longest source, in bytes.
pub const LONGEST_SOURCE: usize = 100;

/// Who acts: a person who is signed in.
pub fn actor(account: &Account) -> Actor {
    Actor::Person {
        id: account.id,
        role: account.role,
    }
}

/// Whether someone may see a run: students their own group's, others all.
pub fn may_see(account: &Account, run: &RunHead) -> bool {
    account.role != Role::Student || account.group.as_ref().is_some_and(|group| group.id == run.group)
}

/// A run that this person may see.
///
/// # Errors
/// Not found where there is none, or it is not theirs: which of the two is nobody's business.
pub async fn visible(app: &App, account: &Account, run: RunId) -> Result<Arc<RunState>, Fault> {
    let state = app.run_state(run).await?;
    if !may_see(account, &state.ground.head) {
        return Err(Fault::NotFound);
    }
    Ok(state)
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
