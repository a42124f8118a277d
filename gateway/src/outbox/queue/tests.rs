use proptest::prelude::*;
use uplink::EventBody;

use super::*;

fn event(device: u8, number: u32) -> DeviceEvent {
    DeviceEvent {
        key: EventKey {
            device: DeviceId(format!("{device:016x}")),
            boot: 1,
            event: number,
        },
        at: 0,
        age: None,
        moment: None,
        body: EventBody::Lost { count: number },
    }
}

#[derive(Clone, Debug)]
enum Step {
    Push(u8),
    PushAgain,
    Store,
    Answer(usize),
    Writable(bool),
    Begin,
    End,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        // One device says far more than the others.
        8 => prop_oneof![8 => Just(0_u8), 1 => 1_u8..4].prop_map(Step::Push),
        1 => Just(Step::PushAgain),
        6 => Just(Step::Store),
        4 => (0_usize..8).prop_map(Step::Answer),
        1 => any::<bool>().prop_map(Step::Writable),
        1 => Just(Step::Begin),
        1 => Just(Step::End),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever happens: each session sees every unanswered event once, of each device in order, none beyond the window
    /// or its share; no more than the disk takes is to be written, that in each device's order, and in the end all are
    /// answered.
    #[test]
    fn in_order_within_a_session(steps in prop::collection::vec(step(), 1..600), most in 1_usize..400) {
        let mut queue = Queue::new(Vec::new(), 1, most);
        let (mut disk, mut unstored) = (BTreeMap::new(), VecDeque::new());
        let mut live: BTreeSet<Seq> = BTreeSet::new();
        let mut pushed = 0;
        let (mut last_sent, mut last_written) = (BTreeMap::new(), BTreeMap::new());
        let mut open: Vec<EventKey> = Vec::new();
        let end = [Step::Writable(true), Step::Begin];
        let steps = steps.into_iter().chain(end).chain((0..1_200).map(|_| Step::Answer(0)));
        for step in steps {
            match step {
                Step::Push(device) => {
                    let event = event(device, pushed + 1);
                    match queue.push(&event) {
                        Taken::New(seq) => unstored.push_back((seq, event)),
                        Taken::Held => {}
                        Taken::Refused => continue,
                        known => prop_assert!(false, "{known:?}"),
                    }
                    pushed += 1;
                }
                Step::PushAgain => {
                    let first = queue.entries.values().find_map(|entry| entry.event.clone());
                    if let Some(event) = first {
                        prop_assert!(matches!(queue.push(&event), Taken::Waiting | Taken::Stored));
                    }
                }
                Step::Store => if let Some((seq, event)) = unstored.pop_front() {
                    queue.stored(seq, |_| false);
                    let last = last_written.insert(event.key.device.clone(), event.key.event);
                    prop_assert!(last < Some(event.key.event), "written out of order");
                    disk.insert(seq, event);
                    live.insert(seq);
                }
                Step::Answer(which) => if !open.is_empty() {
                    let key = open.remove(which % open.len());
                    let (seq, _) = queue.answered(&key).expect("it was open");
                    live.remove(&seq);
                    unstored.retain(|(waiting, _)| *waiting != seq);
                }
                Step::Writable(writable) => queue.set_writable(writable),
                Step::Begin => { queue.begin(); last_sent.clear(); open.clear(); }
                Step::End => { queue.end(); open.clear(); }
            }
            while let Some((seq, event)) = queue.next_to_write() {
                unstored.push_back((seq, event));
            }
            prop_assert!(live.len() + unstored.len() <= most);
            loop {
                let due = queue.due();
                for event in due.send {
                    let last = last_sent.insert(event.key.device.clone(), event.key.event);
                    prop_assert!(last < Some(event.key.event), "sent out of order");
                    open.push(event.key);
                }
                prop_assert!(open.len() <= WINDOW);
                for device in 0..4_u8 {
                    let device = format!("{device:016x}");
                    prop_assert!(open.iter().filter(|key| key.device.0 == device).count() <= SHARE);
                }
                if due.fetch.is_empty() { break }
                queue.fetched(due.fetch.iter().map(|seq| (*seq, disk[seq].clone())).collect());
            }
        }
        prop_assert!(queue.is_empty(), "{} left", queue.len());
        prop_assert_eq!((queue.held(), queue.in_memory, queue.reading), (0, 0, 0));
    }
}

#[test]
fn a_backlog_stands_before_no_other_devices_press() {
    // Forty devices with long backlogs on disk, a disk that is slow to read, and a WMS that answers nothing.
    let key = |number: u32| event((number % 40) as u8, number).key;
    let backlog = (1..=8_000).map(|number| (u64::from(number), key(number))).collect();
    let mut queue = Queue::new(backlog, 8_001, 100_000);
    queue.begin();
    assert_eq!(queue.due().fetch.len(), WINDOW);
    for number in 1..=500 {
        queue.push(&event(99, number));
    }
    assert_eq!(
        queue.due().send.len(),
        SHARE,
        "one that speaks without end has its share"
    );
    queue.push(&event(100, 1));
    assert_eq!(queue.due().send, [event(100, 1)]);
}

#[test]
fn beyond_what_the_disk_takes_the_nodes_keep_their_events() {
    let mut queue = Queue::new(Vec::new(), 1, 10);
    for number in 1..=10 {
        assert!(matches!(queue.push(&event(1, number)), Taken::New(_)));
    }
    for number in 11..=10 + HELD as u32 {
        assert_eq!(queue.push(&event(1, number)), Taken::Held);
    }
    assert_eq!(queue.push(&event(1, 10_000)), Taken::Refused);
    assert_eq!(queue.push(&event(2, 1)), Taken::Held, "another device has its own room");
    assert_eq!((queue.held(), queue.next_to_write()), (HELD + 1, None));
    // Answers make room, and the oldest has it.
    queue.answered(&event(1, 3).key);
    assert_eq!(queue.next_to_write().map(|(_, event)| event), Some(event(1, 11)));
    assert_eq!(queue.next_to_write(), None);
    assert_eq!(queue.push(&event(1, 10_000)), Taken::Held);
}

#[test]
fn an_event_that_cant_be_read_back_holds_up_nothing() {
    let pending = (1..=3)
        .map(|number| (u64::from(number), event(1, number).key))
        .collect();
    let mut queue = Queue::new(pending, 4, 10);
    queue.begin();
    assert_eq!(queue.due().fetch, [1, 2, 3]);
    queue.fetched(vec![(2, event(1, 2)), (3, event(1, 3))]);
    assert_eq!(queue.due().send, []);
    assert_eq!(queue.spoiled(1), Some(event(1, 1).key));
    assert_eq!(queue.due().send, [event(1, 2), event(1, 3)]);
    assert_eq!(queue.spoiled(2), None, "it is here");
}
