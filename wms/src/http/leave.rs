//! A stream ends with the session that opened it.

use std::pin::Pin;
use std::time::Duration;

use axum::http::HeaderMap;
use futures_util::stream::unfold;
use futures_util::{Stream, StreamExt};
use tokio::sync::watch;
use tokio::time::{Instant, Interval, interval_at};

use super::gate::{Gate, token};
use crate::identity::Token;

/// How often it is looked whether a session still stands: what ends it in this process is told at once, what ends it in
/// another is seen within this and as long as a session is believed (`identity/accounts.rs`): less than 5 s in all.
const LOOK: Duration = Duration::from_millis(2_500);

struct Watched<S> {
    stream: Pin<Box<S>>,
    gate: Gate,
    token: Option<Token>,
    ended: watch::Receiver<u64>,
    look: Interval,
}

/// The stream, until its reader is signed out, here or in another process, or their session's time is over.
pub fn while_signed_in<S: Stream>(gate: Gate, headers: &HeaderMap, stream: S) -> impl Stream<Item = S::Item> + use<S> {
    let watched = Watched {
        stream: Box::pin(stream),
        ended: gate.ended(),
        look: interval_at(Instant::now() + LOOK, LOOK),
        token: token(headers),
        gate,
    };
    unfold(watched, |mut watched| async move {
        loop {
            tokio::select! {
                biased;
                ended = watched.ended.changed() => ended.ok()?,
                _ = watched.look.tick() => {}
                item = watched.stream.next() => return item.map(|item| (item, watched)),
            }
            if !watched.gate.stands(watched.token.as_ref()).await {
                return None;
            }
        }
    })
}
