use std::vec::Vec;

use link::message::EventId;
use proptest::prelude::*;

use super::answer::{PATIENCE, RIGHT, STORED_AFTER};
use super::*;

const PICK: PositionLight = PositionLight {
    colour: Colour::A,
    mode: Mode::On,
    count: Some(3),
    adjustable: true,
    tag: 7,
};

#[derive(Default)]
struct Said(Vec<EventBody>);

impl Events for Said {
    fn push(&mut self, _: Instant, body: EventBody) -> EventId {
        self.0.push(body);
        EventId(self.0.len() as u32)
    }
}

struct Bench {
    shelf: Shelf,
    said: Said,
    now: u64,
}

impl Bench {
    fn new() -> Self {
        let mut shelf = Shelf::new(24);
        shelf.connected(Instant(0), true);
        Self {
            shelf,
            said: Said::default(),
            now: 0,
        }
    }

    fn at(&self) -> Instant {
        Instant(self.now)
    }

    fn wait(&mut self, micros: u64) {
        self.now += micros;
        self.shelf.poll(Instant(self.now), &mut self.said);
    }

    fn command(&mut self, command: Command) -> Result<(), Refusal> {
        self.shelf.command(Instant(self.now), &command, &mut self.said)
    }

    fn light(&mut self, position: u8, light: PositionLight) {
        let lights = [light].into_iter().collect();
        assert_eq!(
            self.command(Command::Lights {
                first: position,
                lights
            }),
            Ok(())
        );
    }

    fn verdict(&mut self, event: u32, verdict: Verdict) {
        assert_eq!(
            self.command(Command::Verdict {
                event: EventId(event),
                verdict
            }),
            Ok(())
        );
    }

    /// Presses and lets go, as fingers do: through the debouncer.
    fn press(&mut self, position: u8, key: Key) {
        let down = KeySample::default().with(position, key);
        for sample in [down, down, KeySample(0), KeySample(0)] {
            self.now += keys::SAMPLE;
            self.shelf.sample(Instant(self.now), sample, &mut self.said);
        }
    }

    fn shown(&self, position: u8) -> Option<u16> {
        digits::read(self.shelf.digits()[usize::from(position)])
    }
}

fn key(position: u8, key: Key, count: Option<u16>, tag: u32) -> EventBody {
    EventBody::Key {
        position,
        key,
        count,
        tag,
    }
}

#[test]
fn minus_shows_at_once_and_confirm_says_what_is_shown() {
    let mut bench = Bench::new();
    bench.light(5, PICK);
    bench.press(5, Key::Minus);
    assert_eq!(bench.shown(5), Some(2));
    bench.press(5, Key::Confirm);
    assert_eq!(
        bench.said.0,
        [key(5, Key::Minus, Some(2), 7), key(5, Key::Confirm, Some(2), 7)]
    );
    assert_eq!(bench.shelf.shown(5), (Colour::A, Mode::Fast));
}

#[test]
fn a_second_confirm_before_the_answer_is_not_said() {
    let mut bench = Bench::new();
    bench.light(5, PICK);
    bench.press(5, Key::Confirm);
    bench.press(5, Key::Confirm);
    bench.press(5, Key::Plus);
    assert_eq!(bench.said.0.len(), 1);
    bench.verdict(1, Verdict::Wrong);
    bench.press(5, Key::Confirm);
    assert_eq!(bench.said.0.len(), 2);
}

#[test]
fn a_light_that_keeps_its_tag_keeps_the_count_and_another_tag_does_not() {
    let mut bench = Bench::new();
    bench.light(0, PICK);
    bench.press(0, Key::Plus);
    bench.light(
        0,
        PositionLight {
            mode: Mode::Blink,
            ..PICK
        },
    );
    assert_eq!(bench.shown(0), Some(4));
    bench.light(0, PositionLight { tag: 8, ..PICK });
    assert_eq!(bench.shown(0), Some(3));
}

#[test]
fn counts_stay_within_three_digits() {
    let mut bench = Bench::new();
    bench.light(0, PositionLight { count: Some(0), ..PICK });
    bench.press(0, Key::Minus);
    assert_eq!(bench.shown(0), Some(0));
    bench.light(
        1,
        PositionLight {
            count: Some(5_000),
            ..PICK
        },
    );
    bench.press(1, Key::Plus);
    assert_eq!(bench.shown(1), Some(MAX_COUNT));
    bench.light(
        2,
        PositionLight {
            adjustable: false,
            ..PICK
        },
    );
    bench.press(2, Key::Plus);
    assert_eq!(bench.shown(2), Some(3));
}

#[test]
fn right_is_green_for_a_moment_and_a_new_task_shows_at_once() {
    let mut bench = Bench::new();
    bench.light(3, PICK);
    bench.press(3, Key::Confirm);
    bench.verdict(1, Verdict::Right);
    bench.light(3, PositionLight::default());
    assert_eq!(bench.shelf.shown(3).0, Colour::Done);
    bench.wait(RIGHT);
    assert_eq!(bench.shelf.shown(3).0, Colour::Off);
    bench.light(3, PICK);
    bench.press(3, Key::Confirm);
    bench.verdict(2, Verdict::Right);
    bench.light(
        3,
        PositionLight {
            tag: 9,
            colour: Colour::B,
            ..PICK
        },
    );
    assert_eq!(bench.shelf.shown(3).0, Colour::B);
}

#[test]
fn unanswered_or_out_of_reach_a_confirm_shows_amber() {
    let mut bench = Bench::new();
    bench.light(3, PICK);
    bench.press(3, Key::Confirm);
    bench.wait(STORED_AFTER);
    assert_eq!(bench.shelf.shown(3), (Colour::Wait, Mode::Blink));
    bench.command(Command::Online(false)).unwrap();
    bench.light(4, PICK);
    bench.press(4, Key::Confirm);
    assert_eq!(bench.shelf.verdict(4), Some(Verdict::Stored));
    // Away for an hour: it stays amber and locked, and the late answer still counts.
    for _ in 0..360 {
        bench.wait(millis(10_000));
    }
    assert_eq!(bench.shelf.verdict(4), Some(Verdict::Stored));
    bench.verdict(2, Verdict::Right);
    assert_eq!(bench.shelf.verdict(4), Some(Verdict::Right));
}

#[test]
fn a_neutral_answer_shines_white_and_leaves_the_light_as_it_was() {
    let mut bench = Bench::new();
    bench.light(3, PICK);
    bench.press(3, Key::Confirm);
    bench.verdict(1, Verdict::Neutral);
    assert_eq!(bench.shelf.shown(3), (Colour::D, Mode::On));
    bench.wait(RIGHT);
    assert_eq!(bench.shelf.shown(3), (PICK.colour, PICK.mode));
    bench.press(3, Key::Confirm);
    assert_eq!(bench.said.0.len(), 2, "it may be pressed again");
}

#[test]
fn a_new_session_unlocks() {
    let mut bench = Bench::new();
    bench.light(3, PICK);
    bench.press(3, Key::Confirm);
    bench.shelf.connected(bench.at(), false);
    bench.shelf.connected(bench.at(), true);
    bench.press(3, Key::Confirm);
    assert_eq!(bench.said.0.len(), 2);
}

#[test]
fn lights_beyond_the_shelf_change_nothing() {
    let mut bench = Bench::new();
    let lights = [PICK, PICK].into_iter().collect();
    assert_eq!(
        bench.command(Command::Lights { first: 23, lights }),
        Err(Refusal::OutOfRange)
    );
    assert_eq!(bench.shelf.shown(23).0, Colour::Off);
    assert_eq!(bench.command(Command::Tare), Err(Refusal::Unsupported));
}

#[test]
fn the_self_test_asks_every_position_and_says_no_keys() {
    let mut bench = Bench::new();
    bench.command(Command::SelfTest).unwrap();
    for position in 0..24 {
        assert_eq!(bench.shelf.shown(position).0, Colour::D);
        assert_eq!(bench.shown(position), Some(888));
        if position == 4 {
            bench.wait(millis(5_000));
        } else {
            bench.press(position, Key::Confirm);
            bench.wait(0);
        }
    }
    let expected: Vec<_> = (0..24)
        .map(|position| EventBody::Tested {
            position,
            pressed: position != 4,
        })
        .collect();
    assert_eq!(bench.said.0, expected);
    bench.press(0, Key::Confirm);
    assert_eq!(bench.said.0.last(), Some(&key(0, Key::Confirm, None, 0)));
}

#[test]
fn w9_a_self_test_that_nobody_does_breaks_nothing() {
    let mut bench = Bench::new();
    bench.command(Command::SelfTest).unwrap();
    for _ in 0..60 {
        bench.wait(millis(5_000));
    }
    assert_eq!(bench.said.0, [], "no position is said to be broken");
    assert_eq!(bench.shelf.shown(0).0, Colour::Off, "it is over");
    // Someone begins and goes away: what they pressed is told, and nothing else.
    bench.command(Command::SelfTest).unwrap();
    bench.press(0, Key::Confirm);
    bench.wait(0);
    for _ in 0..60 {
        bench.wait(millis(5_000));
    }
    let pressed = |position| EventBody::Tested {
        position,
        pressed: true,
    };
    assert_eq!(bench.said.0, [pressed(0)]);
}

#[test]
fn w9_the_last_positions_of_a_self_test_are_broken_only_if_somebody_is_still_there() {
    for there in [false, true] {
        let mut bench = Bench::new();
        bench.command(Command::SelfTest).unwrap();
        for position in 0..22 {
            bench.press(position, Key::Confirm);
            bench.wait(0);
        }
        bench.said.0.clear();
        bench.wait(millis(5_000));
        bench.wait(millis(5_000));
        assert_eq!(
            bench.shelf.shown(0).0,
            Colour::D,
            "the first that answered is asked once more"
        );
        if there {
            bench.press(0, Key::Confirm);
        }
        bench.wait(millis(15_000));
        let broken = |position| EventBody::Tested {
            position,
            pressed: false,
        };
        let expected: &[EventBody] = if there { &[broken(22), broken(23)] } else { &[] };
        assert_eq!(bench.said.0, expected);
        assert_eq!(bench.shelf.shown(0).0, Colour::Off, "it is over");
    }
}

#[test]
fn w9_a_self_test_leaves_a_shelf_at_work_alone_and_can_be_stopped() {
    let mut bench = Bench::new();
    bench.light(3, PICK);
    assert_eq!(bench.command(Command::SelfTest), Err(Refusal::Busy));
    bench.press(3, Key::Confirm);
    assert_eq!(bench.said.0.len(), 1, "the press is a press");

    // Work that comes ends it; so do the page and a key that is not confirm.
    type Stop = fn(&mut Bench);
    let stops: [Stop; 3] = [
        |bench| bench.light(3, PICK),
        |bench| bench.command(Command::Identify { seconds: 0 }).unwrap(),
        |bench| bench.press(7, Key::Minus),
    ];
    for stop in stops {
        let mut bench = Bench::new();
        bench.command(Command::SelfTest).unwrap();
        stop(&mut bench);
        bench.wait(millis(60_000));
        assert_eq!(bench.said.0, [], "nothing is said to be broken");
        bench.press(3, Key::Confirm);
        assert!(
            matches!(bench.said.0[..], [EventBody::Key { position: 3, .. }]),
            "keys are keys again"
        );
    }
}

#[test]
fn it_wakes_for_every_edge_of_a_blinking_light_and_sleeps_otherwise() {
    let mut bench = Bench::new();
    assert_eq!(bench.shelf.wake_at(bench.at()), None);
    bench.light(
        0,
        PositionLight {
            mode: Mode::Blink,
            ..PICK
        },
    );
    let edge = bench.shelf.wake_at(bench.at()).unwrap();
    assert_eq!(edge, Instant(BLINK));
    assert_ne!(bench.shelf.frame(Instant(edge.0 - 1)), bench.shelf.frame(edge));
}

#[derive(Clone, Debug)]
enum Deed {
    Press(Key),
    Light(Option<u16>, u32),
    Verdict(Verdict),
    Online(bool),
    Wait(u64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => prop_oneof![Just(Key::Confirm), Just(Key::Plus), Just(Key::Minus)].prop_map(Deed::Press),
        2 => (prop::option::of(0..1_500_u16), 0..3_u32).prop_map(|(count, tag)| Deed::Light(count, tag)),
        1 => prop_oneof![Just(Verdict::Right), Just(Verdict::Wrong), Just(Verdict::Stored), Just(Verdict::Neutral)].prop_map(Deed::Verdict),
        1 => any::<bool>().prop_map(Deed::Online),
        2 => (0..millis(12_000)).prop_map(Deed::Wait),
    ]
}

proptest! {
    /// Whatever happens: what is said is what was shown, under the tag of the light that was there, and nobody stays
    /// locked out for longer than the patience while the master is there.
    #[test]
    fn what_is_said_is_what_was_shown(deeds in prop::collection::vec(deed(), 1..60)) {
        let mut bench = Bench::new();
        let mut light = PositionLight::default();
        for deed in deeds {
            let before = bench.said.0.len();
            match deed {
                Deed::Press(pressed) => {
                    bench.press(9, pressed);
                    if let Some(EventBody::Key { position, key, count, tag }) = bench.said.0.get(before) {
                        prop_assert_eq!((*position, *key), (9, pressed));
                        prop_assert_eq!(*count, bench.shown(9));
                        prop_assert_eq!(*tag, light.tag);
                        prop_assert!(count.is_none_or(|count| count <= MAX_COUNT));
                    }
                    prop_assert!(bench.said.0.len() <= before + 1);
                }
                Deed::Light(count, tag) => {
                    light = PositionLight { count, tag, ..PICK };
                    bench.light(9, light);
                }
                Deed::Verdict(verdict) => bench.verdict(before as u32, verdict),
                Deed::Online(online) => prop_assert_eq!(bench.command(Command::Online(online)), Ok(())),
                Deed::Wait(micros) => bench.wait(micros),
            }
        }
        bench.command(Command::Online(true)).unwrap();
        // Once to be told stored, once to run out of patience.
        bench.wait(PATIENCE);
        bench.wait(PATIENCE);
        let before = bench.said.0.len();
        bench.press(9, Key::Confirm);
        prop_assert_eq!(bench.said.0.len(), before + 1);
    }
}

#[test]
fn h3_lights_together_draw_no_more_than_their_supply_bears() {
    let white = PositionLight {
        colour: Colour::D,
        mode: Mode::On,
        count: Some(888),
        adjustable: false,
        tag: 1,
    };
    for (brightness, most) in [(255, 600), (255, 900), (255, 100), (96, MOST_MILLIAMPERES), (1, 600)] {
        let mut shelf = Shelf::new(24).with_most_milliamperes(most);
        shelf.apply(&Settings {
            brightness,
            ..Settings::default()
        });
        shelf.lights(0, &[white; 24]).unwrap();
        let all = microamperes(&shelf.frame(Instant(0)));
        assert!(all <= u32::from(most) * 1_000, "{all} µA at {brightness}, {most} mA");
        assert!(all > 0);
        // One alone is as bright as it was asked for, and so is all of a shelf as it comes.
        let mut one = [PositionLight::default(); 24];
        one[3] = white;
        shelf.lights(0, &one).unwrap();
        assert_eq!(shelf.frame(Instant(0))[3], rgb(Colour::D).dimmed(brightness));
    }
    let mut shelf = Shelf::new(24);
    shelf.lights(0, &[white; 24]).unwrap();
    assert_eq!(
        shelf.frame(Instant(0))[0],
        rgb(Colour::D).dimmed(Settings::default().brightness)
    );
}
