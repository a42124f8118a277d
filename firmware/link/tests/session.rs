//! A session's rules, one by one, on a line of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at what it did not expect"
)]

mod rig;

use link::Instant;
use link::master::{Answer, Line as MasterLine, Master, Output, QUEUE, SendError, Trouble};
use link::message::*;
use link::session::{Down, Outcome, Refusal, Up};
use rig::*;

fn key(position: u8) -> EventBody {
    EventBody::Key {
        position,
        key: Key::Confirm,
        count: Some(3),
        tag: 1,
    }
}

fn verdict(number: u32) -> Command {
    Command::Verdict {
        event: EventId(number),
        verdict: Verdict::Right,
    }
}

#[test]
fn a_press_is_told_without_any_waiting_and_answered_back_to_back() {
    let mut pair = Pair::up();
    pair.now = Instant(250 * MS);
    let id = pair.node.push(key(5), pair.now);
    assert_eq!(pair.node.wake_at(), Some(Instant(0)), "it wants to speak now");
    let frames = pair.node_says();
    let outputs = pair.master_hears(&frames);
    let event = Event {
        id,
        at: NodeMillis(250),
        body: key(5),
    };
    assert_eq!(
        outputs,
        [Output::Event {
            uid: UID,
            boot: BOOT,
            event,
            at: pair.now,
            received: pair.now
        }]
    );

    pair.master.committed(UID, BOOT, id);
    pair.master.send(UID, 1, verdict(id.0)).unwrap();
    pair.master.send(UID, 2, Command::Online(true)).unwrap();
    let frames = pair.master_says();
    assert_eq!(
        frames.len(),
        3,
        "acknowledgement, verdict and command follow each other"
    );
    pair.node_hears(&frames);
    assert_eq!(pair.node.unacknowledged(), 0);
    let (first, command) = pair.node.next_command().unwrap();
    assert_eq!(command, verdict(id.0));
    let (second, _) = pair.node.next_command().unwrap();
    // In any order.
    pair.node.answer(second, Outcome::Refused(Refusal::Busy));
    pair.node.answer(first, Outcome::Taken);
    let answers: Vec<_> = pair
        .talk()
        .into_iter()
        .filter(|output| matches!(output, Output::Answered { .. }))
        .collect();
    let answered = |token, answer| Output::Answered {
        uid: UID,
        token,
        answer,
    };
    assert_eq!(answers.len(), 2);
    assert!(answers.contains(&answered(1, Answer::Taken)));
    assert!(answers.contains(&answered(2, Answer::Refused(Refusal::Busy))));
}

#[test]
fn each_notices_within_a_second_that_the_other_is_gone() {
    let mut pair = Pair::up();
    pair.master.send(UID, 9, Command::Tare).unwrap();
    pair.master_says();
    pair.now = Instant(999 * MS);
    assert!(pair.node.is_connected(pair.now));
    pair.now = Instant(1001 * MS);
    assert!(!pair.node.is_connected(pair.now));
    pair.master_says();
    let outputs: Vec<_> = std::iter::from_fn(|| pair.master.next_output()).collect();
    let interrupted = Output::Answered {
        uid: UID,
        token: 9,
        answer: Answer::Interrupted,
    };
    assert_eq!(
        outputs,
        [
            Output::OnWire { uid: UID, token: 9 },
            interrupted,
            Output::Down { uid: UID }
        ]
    );
    assert_eq!(pair.master.send(UID, 10, Command::Tare), Err(SendError::Unknown));
    // And they find each other again.
    let outputs = pair.talk();
    assert!(matches!(outputs[..], [Output::Up { .. }]), "{outputs:?}");
    assert!(pair.node.is_connected(pair.now));
}

#[test]
fn at_rest_pings_keep_both_sure() {
    let mut pair = Pair::up();
    for _ in 0..100 {
        pair.now = pair
            .master
            .wake_at()
            .unwrap()
            .min(pair.node.wake_at().unwrap())
            .max(pair.now);
        assert_eq!(pair.talk(), []);
        assert!(pair.node.is_connected(pair.now));
    }
    assert!(pair.now > Instant(20_000 * MS));
}

#[test]
fn what_overflows_is_told_lost() {
    let mut pair = Pair::new();
    // The first event and three presses are kept; three more are not.
    for position in 0..6 {
        pair.node.push(key(position), pair.now);
    }
    assert_eq!(pair.node.counters().events_lost, 3);
    let mut told = Vec::new();
    for _ in 0..4 {
        for output in pair.talk() {
            if let Output::Event { event, .. } = output {
                pair.master.committed(UID, BOOT, event.id);
                told.push((event.id.0, event.body));
            }
        }
    }
    assert_eq!(told.len(), 5);
    assert_eq!(told[3], (4, key(2)));
    assert_eq!(told[4], (8, EventBody::Lost { count: 3 }));
    assert_eq!(pair.node.unacknowledged(), 0);
}

#[test]
fn a_repeated_request_is_done_once_and_answered_again() {
    let mut pair = Pair::up();
    pair.master.send(UID, 1, Command::Tare).unwrap();
    let frames = pair.master_says();
    pair.node_hears(&frames);
    let (request, _) = pair.node.next_command().unwrap();
    // Not answered yet: a repeat changes nothing.
    pair.node_hears(&frames);
    assert_eq!(pair.node.next_command(), None);
    pair.node.answer(request, Outcome::Taken);
    let first = pair.node_says();
    pair.node_hears(&frames);
    assert_eq!(pair.node.next_command(), None);
    assert_eq!(pair.node_says(), first, "the same answer again");
    let outputs = pair.master_hears(&[first.clone(), first].concat());
    let answered = Output::Answered {
        uid: UID,
        token: 1,
        answer: Answer::Taken,
    };
    assert_eq!(
        outputs,
        [Output::OnWire { uid: UID, token: 1 }, answered],
        "answered once"
    );
}

#[test]
fn a_lost_request_is_missed_and_sent_again_at_once() {
    let mut pair = Pair::up();
    for token in 1..=4 {
        pair.master.send(UID, token, verdict(token)).unwrap();
    }
    let frames = pair.master_says();
    pair.node_hears(&frames[1..]);
    assert_eq!(pair.node.next_command(), None, "order is kept");
    pair.talk();
    let done: Vec<_> = std::iter::from_fn(|| pair.node.next_command())
        .map(|(_, command)| command)
        .collect();
    assert_eq!(done, (1..=4).map(verdict).collect::<Vec<_>>());
    assert_eq!(pair.master.nodes().next().unwrap().counters.retransmissions, 4);
}

#[test]
fn a_lost_event_is_missed_and_sent_again_at_once() {
    let mut pair = Pair::up();
    for position in 0..3 {
        pair.node.push(key(position), pair.now);
    }
    let frames = pair.node_says();
    assert_eq!(pair.master_hears(&frames[1..]), []);
    let told: Vec<_> = pair
        .talk()
        .into_iter()
        .map(|output| match output {
            Output::Event { event, .. } => event.body,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(told, [key(0), key(1), key(2)]);
}

#[test]
fn words_of_an_ended_session_are_not_heard() {
    let mut pair = Pair::up();
    pair.master.send(UID, 1, Command::Restart).unwrap();
    let old_request = pair.master_says();
    let old_event = {
        pair.node.push(key(1), pair.now);
        pair.node_says()
    };
    // The master starts again and knows nothing.
    *pair.master = Master::new(MasterLine::Duplex, 99);
    pair.now = Instant(200 * MS);
    assert_eq!(pair.master_hears(&old_event), [], "an event of no session is not taken");
    let outputs = pair.talk();
    assert!(
        matches!(outputs[0], Output::Up { .. }),
        "asked who it is, the node introduced itself: {outputs:?}"
    );
    assert!(matches!(&outputs[1], Output::Event { event, .. } if event.body == key(1)));
    pair.node_hears(&old_request);
    assert_eq!(pair.node.next_command(), None, "the old master's command is void");
}

#[test]
fn unanswered_commands_outlive_a_session_but_not_a_boot() {
    let mut pair = Pair::up();
    pair.master.send(UID, 1, verdict(1)).unwrap();
    pair.master_says();
    while pair.master.next_output().is_some() {}
    // The same boot introduces itself again: its command comes anew.
    let again = framed(
        0,
        &Up::Hello {
            hello: hello(UID, BOOT),
            oldest: EventId(2),
        }
        .encode()
        .unwrap(),
    );
    pair.master_hears(&[again]);
    assert_eq!(pair.talk(), []);
    assert_eq!(pair.node.next_command().unwrap().1, verdict(1));
    // Another boot: the user must desire everything anew, and is told.
    pair.node = link::node::NodeLink::new(identity(UID, BootId(8)), link::node::Line::Duplex, "panicked");
    let outputs = pair.talk();
    assert_eq!(
        outputs[0],
        Output::Answered {
            uid: UID,
            token: 1,
            answer: Answer::Interrupted
        }
    );
    assert!(matches!(&outputs[1], Output::Up { hello, address: 0 } if hello.boot == BootId(8)));
    assert!(
        matches!(&outputs[2], Output::Event { event: Event { body: EventBody::Restarted { panic, .. }, .. }, .. } if panic == "panicked")
    );
    assert_eq!(pair.node.next_command(), None);
}

#[test]
fn an_unknown_command_is_refused_and_the_next_is_taken() {
    let mut pair = Pair::up();
    pair.master.send(UID, 1, Command::Tare).unwrap();
    let [(_, Down::Request { request, .. })] = downs(&pair.master_says())[..] else {
        panic!("one request")
    };
    let mut unknown = [0; 16];
    let unknown = postcard::to_slice(&(4_u8, request, 99_u8), &mut unknown).unwrap();
    pair.node_hears(&[framed(0, unknown)]);
    let frames = pair.node_says();
    assert_eq!(
        ups(&frames),
        [(
            0,
            Up::Answer {
                request,
                outcome: Outcome::Refused(Refusal::Unsupported)
            }
        )]
    );
    let outputs = pair.master_hears(&frames);
    assert!(outputs.contains(&Output::Answered {
        uid: UID,
        token: 1,
        answer: Answer::Refused(Refusal::Unsupported)
    }));
    pair.master.send(UID, 2, Command::SelfTest).unwrap();
    pair.talk();
    assert_eq!(pair.node.next_command().unwrap().1, Command::SelfTest);
}

#[test]
fn protocols_without_a_common_version_are_told_apart_and_both_sides_know() {
    let mut pair = Pair::new();
    let theirs = Protocol {
        major: 2,
        minor: 0,
        oldest_minor: 0,
    };
    let strange = Hello {
        protocol: theirs,
        ..hello(UID, BOOT)
    };
    let frame = framed(
        0,
        &Up::Hello {
            hello: strange,
            oldest: EventId(1),
        }
        .encode()
        .unwrap(),
    );
    let outputs = pair.master_hears(&[frame.clone(), frame]);
    assert_eq!(
        outputs,
        [Output::Trouble(Trouble::Incompatible {
            hello: strange,
            address: 0
        })],
        "told once"
    );
    let said = pair.master_says();
    assert_eq!(
        downs(&said),
        [(
            0,
            Down::TooOld {
                boot: BOOT,
                protocol: PROTOCOL
            }
        )]
    );
    // A node told so asks again only after a while, and says whom it heard.
    pair.node_hears(&said);
    assert_eq!(pair.node_says(), Vec::<Vec<u8>>::new());
    assert!(!pair.node.is_connected(pair.now));
    assert_eq!(pair.node.master_protocol(), Some(PROTOCOL));
    assert_eq!(pair.node.wake_at(), Some(Instant(5_000 * MS)));
}

#[test]
fn two_chips_with_one_name_are_told_and_the_later_is_served() {
    let mut pair = Pair::new();
    let say = |boot: u32| {
        framed(
            1,
            &Up::Hello {
                hello: hello(UID, BootId(boot)),
                oldest: EventId(1),
            }
            .encode()
            .unwrap(),
        )
    };
    let other = |boot: u32| {
        framed(
            2,
            &Up::Hello {
                hello: hello(UID, BootId(boot)),
                oldest: EventId(1),
            }
            .encode()
            .unwrap(),
        )
    };
    assert_eq!(pair.master_hears(&[say(1)]), []);
    assert_eq!(
        pair.master_hears(&[other(2)]),
        [],
        "might be the same one after a reset"
    );
    assert_eq!(
        pair.master_hears(&[say(1)]),
        [Output::Trouble(Trouble::SameUid { uid: UID })],
        "no boot comes back"
    );
    let said = downs(&pair.master_says());
    assert!(
        matches!(said[..], [(2, Down::Welcome { boot: BootId(2), .. })]),
        "{said:?}"
    );
}

#[test]
fn a_pair_with_one_name_is_told_again_when_one_went_and_came_back() {
    let mut pair = Pair::new();
    let say = |address: u8, boot: u32| {
        framed(
            address,
            &Up::Hello {
                hello: hello(UID, BootId(boot)),
                oldest: EventId(1),
            }
            .encode()
            .unwrap(),
        )
    };
    let leave = |address: u8| framed(address, &[]);
    let told = [Output::Trouble(Trouble::SameUid { uid: UID })];
    assert_eq!(pair.master_hears(&[say(1, 1), say(2, 2), say(1, 1)]), told);
    assert_eq!(pair.master_hears(&[say(1, 1)]), [], "told once while both are there");
    // The one that is not served goes; it comes back as it was.
    assert_eq!(pair.master_hears(&[leave(1)]), []);
    assert_eq!(pair.master_hears(&[say(1, 1)]), told);
    // The one that is served goes, and with it the other's trouble.
    assert_eq!(pair.master_hears(&[leave(2), say(1, 1)]), []);
    assert_eq!(pair.master_hears(&[say(2, 2)]), []);
    assert_eq!(pair.master_hears(&[say(1, 1)]), told);
}

#[test]
fn a_queue_has_an_end_and_says_so() {
    let mut pair = Pair::up();
    for token in 0..QUEUE as u32 {
        pair.master.send(UID, token, Command::Tare).unwrap();
    }
    assert_eq!(pair.master.send(UID, 99, Command::Tare), Err(SendError::Full));
    assert_eq!(pair.master.send(Uid(1), 99, Command::Tare), Err(SendError::Unknown));
    assert_eq!(pair.master_says().len(), 4, "a window, not more");
}

#[test]
fn more_nodes_than_places_are_told_once() {
    let mut pair = Pair::new();
    let say = |address: u8| {
        let hello = hello(Uid(u64::from(address)), BOOT);
        framed(
            address,
            &Up::Hello {
                hello,
                oldest: EventId(1),
            }
            .encode()
            .unwrap(),
        )
    };
    assert_eq!(
        pair.master_hears(&[say(3), say(4), say(5)]),
        [Output::Trouble(Trouble::Crowded)]
    );
}

#[test]
fn a_commit_beyond_what_came_is_not_believed() {
    let mut pair = Pair::up();
    pair.node.push(key(1), pair.now);
    pair.master.committed(UID, BOOT, EventId(1000));
    pair.master.committed(UID, BootId(99), EventId(2));
    pair.talk();
    assert_eq!(pair.node.unacknowledged(), 1);
    pair.master.committed(UID, BOOT, EventId(2));
    pair.talk();
    assert_eq!(pair.node.unacknowledged(), 0);
}

#[test]
fn a_lost_commit_is_said_again_with_the_next_ping() {
    let mut pair = Pair::up();
    let id = pair.node.push(key(1), pair.now);
    let frames = pair.node_says();
    pair.master_hears(&frames);
    pair.master.committed(UID, BOOT, id);
    assert_eq!(pair.master_says().len(), 1, "which is lost");
    pair.now = Instant(300 * MS);
    pair.talk();
    assert_eq!(pair.node.unacknowledged(), 0);
}
