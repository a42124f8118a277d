//! The clerk takes acts one after another for each run, groups those waiting into one commit, and answers after it.
//!
//! It keeps the runs it has seen in memory, and makes sure of them at each commit: a run's act number only moves on from
//! where the clerk believes it stands. Where another process moved it, the clerk reads what it missed and decides again.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use print::fonts;
use rules::core::ground;
use rules::core::stock::{Balance, Place, StockError};
use rules::{Act, ActEnvelope, Answer, Decision, Event, RunId, RunState, decide};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use super::error::ActError;
use super::moved::{FloorView, MovedOn};
use super::published::Published;
use crate::panics::caught;
use crate::store::commit::{self, Advance, Writing};
use crate::store::{self, Backend, Db, Heard, StoreError, Unique, chain, words};

/// Acts that may share one commit.
const GROUP: usize = 64;
/// Acts that may wait before those who bring more must wait too.
const QUEUE: usize = 1024;
/// How often a clerk reads what it missed before it gives up; each time somebody else got on.
const TRIES: usize = 50;
/// Answers that a clerk remembers of each run.
const RECENT: usize = 512;
/// Runs a clerk remembers. One that nobody has asked for longest is forgotten for a new one, and read again when needed.
const REMEMBERED: usize = 128;

/// A run as a clerk remembers it.
struct Known {
    state: Arc<RunState>,
    no: i64,
    /// Hash of its last act's row, which the next is to hold.
    tip: Option<String>,
    recent: Recent,
    /// When it was last asked for, in the clerk's own count.
    asked: u64,
}

/// An act decided, not yet committed.
struct Decided {
    event: Event,
    heard: Option<Box<Heard>>,
    run: chain::Run,
    /// Hash of the row before, as far as it was committed then.
    before: Option<String>,
    balances: Vec<(Place, Balance)>,
}

impl Decided {
    fn writing(&self) -> Writing<'_> {
        Writing {
            run: self.run,
            before: self.before.as_deref(),
            event: &self.event,
            balances: &self.balances,
            heard: self.heard.as_deref(),
        }
    }
}

pub(super) struct Clerk {
    db: Db,
    /// Under which other processes hear of its commits.
    process: u64,
    known: HashMap<RunId, Known>,
    /// Counts what was asked.
    asked: u64,
    live: broadcast::Sender<MovedOn>,
    commits: watch::Sender<u64>,
    published: Arc<Published>,
}

impl Clerk {
    pub(super) fn start(
        db: Db,
        process: u64,
        live: broadcast::Sender<MovedOn>,
        commits: watch::Sender<u64>,
        published: Arc<Published>,
    ) -> mpsc::Sender<Asked> {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let clerk = Self {
            db,
            process,
            known: HashMap::new(),
            asked: 0,
            live,
            commits,
            published,
        };
        tokio::spawn(clerk.work(queue));
        jobs
    }

    async fn work(mut self, mut queue: mpsc::Receiver<Asked>) {
        let mut waiting = Vec::new();
        while queue.recv_many(&mut waiting, GROUP).await > 0 {
            self.take(std::mem::take(&mut waiting)).await;
        }
    }

    /// Takes a group of acts in one commit; one that spoils the commit is found by taking each for itself.
    async fn take(&mut self, acts: Vec<Asked>) {
        match self.commit_caught(&acts).await {
            Ok(answers) => {
                for (asked, answer) in acts.into_iter().zip(answers) {
                    let _ = asked.reply.send(answer);
                }
            }
            Err(_) if acts.len() > 1 => {
                for asked in acts {
                    let answer = self.commit_one(&asked).await;
                    let _ = asked.reply.send(answer);
                }
            }
            Err(error) => {
                for asked in acts {
                    let _ = asked.reply.send(Err(error.clone()));
                }
            }
        }
    }

    async fn commit_one(&mut self, asked: &Asked) -> Result<Answer, ActError> {
        let mut answers = self.commit_caught(std::slice::from_ref(asked)).await?;
        answers.pop().unwrap_or(Err(ActError::Ending))
    }

    /// A clerk that panics would stop every run of this server: one act's fault stays that act's.
    async fn commit_caught(&mut self, acts: &[Asked]) -> Result<Vec<Result<Answer, ActError>>, ActError> {
        let done = caught("an act", self.commit(acts)).await;
        done.unwrap_or_else(|_| {
            // They may be half decided.
            self.forget(acts);
            Err(acts
                .first()
                .map_or(ActError::Ending, |asked| ActError::Fault(asked.run)))
        })
    }

    async fn commit(&mut self, acts: &[Asked]) -> Result<Vec<Result<Answer, ActError>>, ActError> {
        for _ in 0..TRIES {
            match self.try_commit(acts).await {
                Ok(Some(answers)) => return Ok(answers),
                // Someone else acted in one of these runs: read what was missed and decide again.
                Ok(None) => self.forget(acts),
                // The same source: taken long ago, or by another process a moment ago. Its answer is read back; where there is
                // none, something else is there already.
                Err(error @ ActError::Clash(_)) => {
                    self.forget(acts);
                    let [asked] = acts else { return Err(error) };
                    let before = store::answer(&self.db, asked.run, &asked.envelope.source).await?;
                    return before.map(|answer| vec![Ok(answer)]).ok_or(error);
                }
                Err(error) => {
                    if matches!(error, ActError::Store(_)) {
                        self.db.health().doubt();
                    }
                    self.forget(acts);
                    return Err(error);
                }
            }
        }
        Err(acts.first().map_or(ActError::Ending, |asked| ActError::Busy(asked.run)))
    }

    fn forget(&mut self, acts: &[Asked]) {
        for asked in acts {
            self.known.remove(&asked.run);
        }
    }

    /// None: a run had moved on without us.
    async fn try_commit(&mut self, acts: &[Asked]) -> Result<Option<Vec<Result<Answer, ActError>>>, ActError> {
        let mut before: HashMap<RunId, i64> = HashMap::new();
        let mut decided = Vec::new();
        let mut answers = Vec::with_capacity(acts.len());
        for asked in acts {
            let known = match self.know(asked.run, acts).await {
                Ok(known) => known,
                Err(error @ ActError::NoRun(_)) => {
                    answers.push(Err(error));
                    continue;
                }
                Err(error) => return Err(error),
            };
            if let Some(answer) = known.recent.get(&asked.envelope.source) {
                answers.push(Ok(answer.clone()));
                continue;
            }
            before.entry(asked.run).or_insert(known.no);
            let one = known.decide(asked)?;
            answers.push(Ok(one.event.answer()));
            decided.push(one);
        }
        if decided.is_empty() {
            return Ok(Some(answers));
        }
        let mut runs: Vec<Advance> = Vec::with_capacity(before.len());
        for (run, from) in before {
            let Some(known) = self.known.get(&run) else {
                return Ok(None);
            };
            runs.push(Advance {
                run,
                from,
                to: known.no,
                closed_at: known.state.ground.head.closed_at,
            });
        }
        let writings: Vec<Writing<'_>> = decided.iter().map(Decided::writing).collect();
        let mut tx = self.db.begin().await.map_err(StoreError::from)?;
        if !commit::advance(&mut tx, self.db.backend, &runs).await? {
            return Ok(None);
        }
        let tips = commit::write(&mut tx, &writings)
            .await
            .map_err(|error| match acts.first() {
                Some(asked) if matches!(error.taken(), Some(Unique::ActSource | Unique::DeviceEvent)) => {
                    ActError::Clash(asked.run)
                }
                _ => error.into(),
            })?;
        if self.db.backend == Backend::Postgres && self.db.hears() {
            let words = runs.iter().map(|advance| (advance.run, advance.to));
            words::tell(&mut tx, self.process, words).await?;
        }
        self.db.commit(tx).await.map_err(StoreError::from)?;
        self.commits.send_modify(|count| *count += 1);
        for (run, tip) in tips {
            if let Some(known) = self.known.get_mut(&run) {
                known.tip = Some(tip);
            }
        }
        for advance in runs {
            if let Some(known) = self.known.get(&advance.run) {
                let events = decided.iter().map(|one| &one.event);
                self.published.publish(&known.state);
                let changes = events
                    .filter(|event| event.run == advance.run)
                    .flat_map(|event| &event.changes);
                // Nobody to hear it is no fault.
                let _ = self.live.send(MovedOn {
                    run: advance.run,
                    no: advance.to,
                    floor: Some(Arc::new(FloorView::of(&known.state, changes))),
                });
            }
        }
        Ok(Some(answers))
    }

    /// The run as it was when the clerk last saw it; read where it never did. `within`: the group being taken.
    async fn know(&mut self, run: RunId, within: &[Asked]) -> Result<&mut Known, ActError> {
        self.asked += 1;
        if !self.known.contains_key(&run) {
            self.make_room(within);
            let (head, scenario) = store::run(&self.db.pool, run).await?;
            let mut known = Known {
                state: Arc::new(RunState::new(head, scenario)),
                no: 0,
                tip: None,
                recent: Recent::default(),
                asked: self.asked,
            };
            known.read(&self.db, run).await?;
            self.known.insert(run, known);
        }
        let known = self.known.get_mut(&run).ok_or(ActError::NoRun(run))?;
        known.asked = self.asked;
        Ok(known)
    }

    /// Forgets the run that was not asked for longest, if too many are remembered; never one asked for in this group.
    fn make_room(&mut self, group: &[Asked]) {
        if self.known.len() < REMEMBERED {
            return;
        }
        let idle = self
            .known
            .iter()
            .filter(|(run, _)| group.iter().all(|asked| asked.run != **run));
        let oldest = idle.min_by_key(|(_, known)| known.asked).map(|(run, _)| *run);
        if let Some(run) = oldest {
            self.known.remove(&run);
        }
    }
}

/// Answers to the newest acts of a run: what comes again comes soon. Older ones are read back from their acts.
#[derive(Default)]
struct Recent {
    answers: HashMap<String, Answer>,
    order: VecDeque<String>,
}

impl Recent {
    fn get(&self, source: &str) -> Option<&Answer> {
        self.answers.get(source)
    }

    fn add(&mut self, event: &Event) {
        if self.order.len() >= RECENT
            && let Some(oldest) = self.order.pop_front()
        {
            self.answers.remove(&oldest);
        }
        self.order.push_back(event.source.clone());
        self.answers.insert(event.source.clone(), event.answer());
    }
}

/// An act that a clerk is to take.
pub(super) struct Asked {
    pub(super) run: RunId,
    pub(super) envelope: Box<ActEnvelope>,
    /// The device's event that it is, kept in the same commit.
    pub(super) heard: Option<Box<Heard>>,
    pub(super) reply: oneshot::Sender<Result<Answer, ActError>>,
}

impl Known {
    /// Reads the acts that came since.
    async fn read(&mut self, db: &Db, run: RunId) -> Result<(), ActError> {
        for event in store::events(&db.pool, run, self.no).await? {
            self.follow(&event)?;
        }
        self.tip = chain::tip(&db.pool, run, self.no).await?;
        Ok(())
    }

    fn follow(&mut self, event: &Event) -> Result<(), StockError> {
        Arc::make_mut(&mut self.state).replay(event)?;
        self.no = event.no;
        self.recent.add(event);
        Ok(())
    }

    fn decide(&mut self, asked: &Asked) -> Result<Decided, StockError> {
        let mut decision = decide(&self.state, &asked.envelope);
        tell_what_paper_lacks(&asked.envelope.act, &mut decision);
        let event = Event {
            run: asked.run,
            no: self.no + 1,
            source: asked.envelope.source.clone(),
            at: asked.envelope.at,
            certain: Some(asked.envelope.certain),
            arrived_at: asked
                .heard
                .as_ref()
                .map_or_else(crate::clock::now, |heard| heard.arrived_at),
            actor: asked.envelope.actor.clone(),
            act: asked.envelope.act.clone(),
            changes: decision.changes,
            words: decision.words,
        };
        self.follow(&event)?;
        let places = event.ground().flat_map(touched);
        let balances = places
            .map(|place| (place.clone(), self.state.ground.stock.at(&place)))
            .collect();
        Ok(Decided {
            event,
            heard: asked.heard.clone(),
            run: chain::Run::of(&self.state),
            before: self.tip.clone(),
            balances,
        })
    }
}

/// Places whose balance a change moves.
fn touched(change: &ground::Change) -> Vec<Place> {
    match change {
        ground::Change::Moved(movement) => movement.places().to_vec(),
        ground::Change::Reserved { place, .. } => vec![place.clone()],
        _ => Vec::new(),
    }
}

/// What was written goes onto a paper: what can't be printed of it is said. Rules know no typefaces.
fn tell_what_paper_lacks(act: &Act, decision: &mut Decision) {
    let Some(missing) = act.written().and_then(fonts::unprintable) else {
        return;
    };
    if !decision.changes.is_empty() {
        decision.words = decision.words.take().map(|words| words.lacking(missing));
    }
}

#[cfg(test)]
mod tests {
    use rules::core::paper::PaperKind;
    use rules::played::{Played, zh};

    use super::*;

    /// What the clerk answers to the last act.
    fn told(played: &Played) -> String {
        let event = played.events.last().expect("an act");
        let mut decision = Decision {
            changes: event.changes.clone(),
            words: event.words.clone(),
        };
        tell_what_paper_lacks(&event.act, &mut decision);
        zh(&decision.words.expect("said"))
    }

    /// Whoever writes what papers can't show hears it at once.
    #[test]
    fn p1_a_log_that_cant_be_printed_whole_is_told_so() {
        let mut played = Played::begin();
        played.until_wave();
        played.pick();
        played.check_and_weigh();
        for number in ["CK-0001", "CK-0002", "CK-0003"] {
            played.right(number);
        }
        played.write_log("👍 李玥点清了。");
        let words = told(&played);
        assert!(words.contains("“👍”，单据和标签上印成空框"), "{words}");
        assert!(words.contains("全部完成"), "{words}");
        assert!(played.run.ground.paper(PaperKind::WorkLog, None).is_some());
        played.write_log("👍");
        let words = told(&played);
        assert!(!words.contains("空框"), "what is refused comes on no paper: {words}");
    }

    #[test]
    fn p1_a_reason_that_cant_be_printed_is_told_so() {
        let mut played = Played::begin();
        played.right("CMD-CONFIRM");
        let short = |reason: &str| Act::RecordShort {
            sku: "RY003".into(),
            reason: reason.into(),
        };
        played.act(short("车上没有😢"));
        let words = told(&played);
        assert!(words.contains("“😢”，单据和标签上印成空框"), "{words}");
    }
}
