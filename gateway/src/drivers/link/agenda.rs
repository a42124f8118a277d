//! What one node is to be told, in which order. Pure.
//!
//! The answer to a press goes first, then whether the WMS is there, then lights, then the rest, then the next rows of a
//! label. Of lights and of "online" only the newest matters: an older one that has not been sent is dropped. Of lights only what differs is told. Few
//! commands are on their way at once, so that an answer never waits behind a label.

use std::collections::{HashMap, VecDeque};

use ::link::{
    master::Answer,
    message::{Command, EventId, Hello, KNOWS_NEUTRAL, MAX_POSITIONS, MAX_TAG, WIDE_TAGS},
    session::Refusal,
};
use uplink::{Desire, DesireBody, Stage};

use super::picture::{Lights, Part, Picture};
use super::{convert, raster};
use crate::words::{Lang, Text};

/// Commands of one node on their way, at most.
const ON_THE_WAY: usize = 4;
/// Of these, rows of labels.
const ROWS_ON_THE_WAY: usize = 2;
/// Verdicts waiting, at most: beyond it the oldest speak of presses long past.
const VERDICTS: usize = 8;
/// Commands of one kind waiting, at most.
const OTHERS: usize = 32;
/// How long to leave a busy printer alone, µs.
const BUSY_PAUSE: u64 = 200_000;
/// How often a label that came damaged or out of order is begun anew before it is given up.
const PRINT_TRIES: u8 = 5;

#[derive(Debug)]
struct Label {
    desire: u64,
    job: u32,
    commands: Vec<Command>,
    next: usize,
    on_the_way: usize,
    tries: u8,
    /// Not before this moment, µs.
    not_before: u64,
}

#[derive(Debug)]
enum Sent {
    Verdict,
    Online,
    Lights(Box<Part>),
    Other(u64),
    Rows { job: u32, desire: u64, last: bool },
}

/// What a node can be told.
#[derive(Clone, Copy, Debug, Default)]
struct Knows {
    /// Its positions.
    units: usize,
    /// Greatest tag of a light that it can read.
    tag: u32,
    /// Whether it knows [`uplink::Verdict::Neutral`].
    neutral: bool,
}

impl Knows {
    /// By its introduction.
    fn of(hello: &Hello) -> Self {
        let minor = hello.protocol.minor;
        Self {
            units: usize::from(hello.units).min(MAX_POSITIONS),
            tag: if minor < WIDE_TAGS { u16::MAX.into() } else { MAX_TAG },
            neutral: minor >= KNOWS_NEUTRAL,
        }
    }

    /// The lights as the node can be told them, positions beyond the list dark.
    fn lights(self, lights: Vec<uplink::Light>) -> Result<Lights, Text> {
        if lights.len() > self.units {
            return Err(Text::new("lights-too-many")
                .with("lights", lights.len())
                .with("units", self.units));
        }
        if lights.iter().any(|light| light.tag > self.tag) {
            return Err(Text::new("lights-old-node"));
        }
        let mut all: Lights = lights.into_iter().map(convert::light).collect();
        // There is room: `units` is no more than the list holds.
        let _ = all.resize_default(self.units);
        Ok(all)
    }
}

/// One node's agenda.
#[derive(Debug, Default)]
pub struct Agenda {
    verdicts: VecDeque<(EventId, uplink::Verdict)>,
    online: Option<bool>,
    picture: Picture,
    others: VecDeque<(u64, Command)>,
    labels: VecDeque<Label>,
    sent: HashMap<u32, Sent>,
    boot: u32,
    knows: Knows,
}

/// What came of a desire.
pub type Step = (u64, Stage);

impl Agenda {
    /// For a node as it introduced itself.
    #[must_use]
    pub fn new(hello: &Hello) -> Self {
        Self {
            boot: hello.boot.0,
            knows: Knows::of(hello),
            ..Self::default()
        }
    }

    /// The boot this is for.
    #[must_use]
    pub fn boot(&self) -> u32 {
        self.boot
    }

    /// A verdict.
    pub fn verdict(&mut self, event: EventId, verdict: uplink::Verdict) {
        let verdict = match verdict {
            uplink::Verdict::Neutral if !self.knows.neutral => uplink::Verdict::Stored,
            verdict => verdict,
        };
        // A newer word on the same event replaces the older.
        self.verdicts.retain(|(waiting, _)| *waiting != event);
        if self.verdicts.len() == VERDICTS {
            self.verdicts.pop_front();
        }
        self.verdicts.push_back((event, verdict));
    }

    /// Whether the WMS is there.
    pub fn online(&mut self, online: bool) {
        self.online = Some(online);
    }

    /// A desire. Gives its end, where it has one already.
    pub fn desire(&mut self, desire: Desire, lang: Lang) -> Option<Step> {
        let number = desire.number;
        let failed = |why: Text| Some((number, Stage::Failed { why: why.say(lang) }));
        match desire.body {
            DesireBody::Lights { lights } => match self.knows.lights(lights) {
                Ok(lights) => self.picture.want(number, lights).then_some((number, Stage::Taken)),
                Err(why) => failed(why),
            },
            DesireBody::Print {
                job,
                width,
                height,
                raster,
            } => {
                if let Some(label) = self.labels.iter_mut().find(|label| label.job == job) {
                    label.desire = number;
                    return None;
                }
                if self.labels.len() >= OTHERS {
                    return failed(Text::new("too-many-waiting"));
                }
                match raster::commands(job, width, height, &raster) {
                    Ok(commands) => {
                        let label = Label {
                            desire: number,
                            job,
                            commands,
                            next: 0,
                            on_the_way: 0,
                            tries: 0,
                            not_before: 0,
                        };
                        self.labels.push_back(label);
                        None
                    }
                    Err(why) => failed(why),
                }
            }
            DesireBody::Tare => self.other(number, Command::Tare, lang),
            DesireBody::SelfTest => self.other(number, Command::SelfTest, lang),
            DesireBody::Identify { seconds } => self.other(number, Command::Identify { seconds }, lang),
            DesireBody::Calibrate { grams } => self.other(number, Command::Calibrate { grams }, lang),
            DesireBody::Signals { brightness, volume } => {
                self.other(number, Command::Signals { brightness, volume }, lang)
            }
        }
    }

    fn other(&mut self, number: u64, command: Command, lang: Lang) -> Option<Step> {
        if self.others.len() >= OTHERS {
            return Some((
                number,
                Stage::Failed {
                    why: Text::new("too-many-waiting").say(lang),
                },
            ));
        }
        self.others.push_back((number, command));
        None
    }

    /// The next command to send; its fate will be told under `token`. `now` in µs.
    pub fn next(&mut self, token: u32, now: u64) -> Option<Command> {
        if self.sent.len() >= ON_THE_WAY {
            return None;
        }
        let (sent, command) = self.choose(now)?;
        self.sent.insert(token, sent);
        Some(command)
    }

    fn choose(&mut self, now: u64) -> Option<(Sent, Command)> {
        if let Some((event, verdict)) = self.verdicts.pop_front() {
            return Some((
                Sent::Verdict,
                Command::Verdict {
                    event,
                    verdict: convert::verdict(verdict),
                },
            ));
        }
        if let Some(online) = self.online.take() {
            return Some((Sent::Online, Command::Online(online)));
        }
        // While one picture of the shelf is on its way, the next waits to be replaced by a newer one.
        if !self.sent.values().any(|sent| matches!(sent, Sent::Lights(_)))
            && let Some((part, command)) = self.picture.next(now)
        {
            return Some((Sent::Lights(Box::new(part)), command));
        }
        if let Some((number, command)) = self.others.pop_front() {
            return Some((Sent::Other(number), command));
        }
        let label = self.labels.front_mut()?;
        // The first command alone: it tells whether the printer is free. The last alone: all rows must be there.
        let alone = label.next <= 1 || label.next + 1 == label.commands.len();
        let room = if alone { 1 } else { ROWS_ON_THE_WAY };
        if now < label.not_before || label.on_the_way >= room {
            return None;
        }
        let command = label.commands.get(label.next)?.clone();
        label.next += 1;
        label.on_the_way += 1;
        Some((
            Sent::Rows {
                job: label.job,
                desire: label.desire,
                last: label.next == label.commands.len(),
            },
            command,
        ))
    }

    /// When [`next`](Self::next) may give something although nothing came, µs.
    #[must_use]
    pub fn wake_at(&self) -> Option<u64> {
        if self.sent.len() >= ON_THE_WAY {
            return None;
        }
        let waits = |label: &&Label| label.next == 0 && label.on_the_way == 0 && label.not_before > 0;
        let label = self.labels.front().filter(waits).map(|label| label.not_before);
        let lights = self.sent.values().all(|sent| !matches!(sent, Sent::Lights(_)));
        let picture = self.picture.wake_at().filter(|_| lights);
        label.into_iter().chain(picture).min()
    }

    /// A command has been put on the wire.
    #[must_use]
    pub fn on_wire(&self, token: u32) -> Option<Step> {
        match self.sent.get(&token)? {
            Sent::Lights(part) => Some((part.completes()?, Stage::OnWire)),
            Sent::Other(number)
            | Sent::Rows {
                desire: number,
                last: true,
                ..
            } => Some((*number, Stage::OnWire)),
            _ => None,
        }
    }

    /// What became of a command.
    pub fn answered(&mut self, token: u32, answer: Answer, now: u64, lang: Lang) -> Option<Step> {
        let sent = self.sent.remove(&token)?;
        let stage = match answer {
            Answer::Taken => Stage::Taken,
            Answer::Refused(refusal) => Stage::Failed {
                why: convert::refusal(refusal).say(lang),
            },
            // The fleet gives the whole state anew once the node is back.
            Answer::Interrupted => {
                if matches!(sent, Sent::Lights(_)) {
                    self.picture.forget();
                }
                return None;
            }
        };
        match sent {
            Sent::Verdict | Sent::Online => None,
            Sent::Lights(part) if answer == Answer::Taken => Some((self.picture.took(*part, now)?, stage)),
            Sent::Lights(part) => Some((self.picture.refused(&part, now)?, stage)),
            Sent::Other(number) => Some((number, stage)),
            Sent::Rows { job, last, .. } => self.printed(job, last, answer, stage, now),
        }
    }

    fn printed(&mut self, job: u32, last: bool, answer: Answer, stage: Stage, now: u64) -> Option<Step> {
        // Late answers to a label given up meanwhile concern nobody.
        let label = self.labels.front_mut().filter(|label| label.job == job)?;
        label.on_the_way = label.on_the_way.saturating_sub(1);
        let again = match answer {
            Answer::Taken if last => {
                let label = self.labels.pop_front()?;
                return Some((label.desire, stage));
            }
            Answer::Taken => return None,
            Answer::Refused(Refusal::Busy) => true,
            Answer::Refused(Refusal::Damaged | Refusal::OutOfOrder) => {
                // Rows behind the refused one are refused as well: count the label's failure once.
                label.tries += u8::from(label.next != 0);
                label.tries < PRINT_TRIES
            }
            Answer::Refused(_) | Answer::Interrupted => false,
        };
        if again {
            label.next = 0;
            label.not_before = now + BUSY_PAUSE;
            return None;
        }
        let label = self.labels.pop_front()?;
        Some((label.desire, stage))
    }
}

#[cfg(test)]
mod tests {
    use ::link::message::{BootId, Firmware, NodeKind, NodeMillis, PROTOCOL, Protocol, ResetReason, Uid, Verdict};
    use uplink::{DeviceId, Light};

    use super::*;

    fn shelf(units: u8, minor: u8) -> Agenda {
        let firmware = Firmware {
            major: 1,
            minor: 0,
            patch: 0,
            git: [0; 4],
        };
        Agenda::new(&Hello {
            protocol: Protocol { minor, ..PROTOCOL },
            kind: NodeKind::Shelf,
            units,
            uid: Uid(0xC1),
            firmware,
            settings_crc: 0,
            boot: BootId(1),
            reset: ResetReason::PowerOn,
            now: NodeMillis(0),
        })
    }

    fn desire(number: u64, body: DesireBody) -> Desire {
        Desire {
            device: DeviceId("00000000000000c1".into()),
            number,
            body,
        }
    }

    fn lights(agenda: &mut Agenda, number: u64, count: u16) {
        let light = Light {
            count: Some(count),
            ..Light::default()
        };
        let body = DesireBody::Lights { lights: vec![light] };
        assert_eq!(agenda.desire(desire(number, body), Lang::En), None);
    }

    fn label(agenda: &mut Agenda, number: u64, job: u32) {
        // Rows that can't be packed: many messages.
        let raster = (0..48 * 40)
            .map(|at: u32| format!("{:02x}", at.wrapping_mul(2_654_435_761) >> 24))
            .collect();
        let body = DesireBody::Print {
            job,
            width: 384,
            height: 40,
            raster,
        };
        assert_eq!(agenda.desire(desire(number, body), Lang::En), None);
    }

    /// Hands out tokens and takes everything as the node would.
    struct Run {
        agenda: Agenda,
        token: u32,
    }

    impl Run {
        fn new() -> Self {
            Self {
                agenda: shelf(24, PROTOCOL.minor),
                token: 0,
            }
        }

        fn next(&mut self, now: u64) -> Option<(u32, Command)> {
            self.token += 1;
            Some((self.token, self.agenda.next(self.token, now)?))
        }

        fn answered(&mut self, token: u32, answer: Answer, now: u64) -> Option<Step> {
            self.agenda.answered(token, answer, now, Lang::En)
        }
    }

    #[test]
    fn a_press_is_answered_before_the_rest_of_a_label() {
        let mut run = Run::new();
        label(&mut run.agenda, 1, 9);
        let (start, command) = run.next(0).unwrap();
        assert!(matches!(command, Command::PrintStart { job: 9, .. }));
        assert_eq!(run.next(0), None, "the first command goes alone");
        run.answered(start, Answer::Taken, 0);
        while run.next(0).is_some() {}
        run.agenda.verdict(EventId(4), uplink::Verdict::Right);
        let (_, command) = run.next(0).unwrap();
        assert!(matches!(command, Command::Verdict { event: EventId(4), .. }));
    }

    #[test]
    fn of_lights_only_the_newest_waits() {
        let mut run = Run::new();
        lights(&mut run.agenda, 1, 1);
        let (first, _) = run.next(0).unwrap();
        lights(&mut run.agenda, 2, 2);
        lights(&mut run.agenda, 3, 3);
        assert_eq!(run.next(0), None);
        assert_eq!(run.answered(first, Answer::Taken, 0), Some((1, Stage::Taken)));
        let (newest, command) = run.next(0).unwrap();
        let Command::Lights { first: 0, lights } = command else {
            panic!("{command:?}")
        };
        assert_eq!(
            (lights.len(), lights[0].count),
            (1, Some(3)),
            "what differs from what it took"
        );
        assert_eq!(run.agenda.on_wire(newest), Some((3, Stage::OnWire)));
        assert_eq!(run.next(0), None);
    }

    #[test]
    fn a_damaged_label_is_begun_anew_a_few_times_and_then_given_up() {
        let (mut run, mut now, mut starts) = (Run::new(), 0, 0);
        label(&mut run.agenda, 1, 9);
        let end = loop {
            let Some((token, command)) = run.next(now) else {
                now = run.agenda.wake_at().expect("it tries again");
                continue;
            };
            starts += u32::from(matches!(command, Command::PrintStart { .. }));
            let damaged = matches!(command, Command::PrintEnd { .. });
            let answer = if damaged {
                Answer::Refused(Refusal::Damaged)
            } else {
                Answer::Taken
            };
            if let Some(step) = run.answered(token, answer, now) {
                break step;
            }
        };
        assert!(matches!(end, (1, Stage::Failed { .. })));
        assert_eq!(starts, u32::from(PRINT_TRIES));
        label(&mut run.agenda, 2, 10);
        assert!(run.next(now).is_some(), "the next label has its turn");
    }

    #[test]
    fn a_busy_printer_is_asked_again_and_again_but_not_at_once() {
        let mut run = Run::new();
        label(&mut run.agenda, 1, 9);
        for round in 0..50 {
            let now = round * BUSY_PAUSE;
            let (token, command) = run.next(now).unwrap();
            assert!(matches!(command, Command::PrintStart { .. }));
            assert_eq!(run.answered(token, Answer::Refused(Refusal::Busy), now), None);
            assert_eq!(run.next(now + BUSY_PAUSE - 1), None);
            assert_eq!(run.agenda.wake_at(), Some(now + BUSY_PAUSE));
        }
    }

    #[test]
    fn more_lights_than_positions_are_refused_in_words() {
        let mut agenda = shelf(8, PROTOCOL.minor);
        let body = DesireBody::Lights {
            lights: vec![Light::default(); 9],
        };
        let Some((5, Stage::Failed { why })) = agenda.desire(desire(5, body), Lang::En) else {
            panic!()
        };
        assert!(why.contains("9 lights") && why.contains("8 positions"));
    }

    #[test]
    fn a_node_is_told_no_tag_that_it_cannot_read() {
        let ask = |minor, tag| {
            let light = Light {
                tag,
                ..Light::default()
            };
            let body = DesireBody::Lights { lights: vec![light] };
            shelf(24, minor).desire(desire(5, body), Lang::En)
        };
        assert_eq!(ask(2, 65_535), None);
        assert_eq!(ask(3, 65_536), None);
        assert_eq!(ask(3, MAX_TAG), None);
        for (minor, tag) in [(2, 65_536), (3, MAX_TAG + 1), (3, u32::MAX)] {
            let Some((5, Stage::Failed { why })) = ask(minor, tag) else {
                panic!("{tag}")
            };
            assert!(why.contains("firmware"), "{why}");
        }
    }

    #[test]
    fn a_node_that_knows_no_neutral_is_told_stored() {
        for (minor, told) in [(2, Verdict::Stored), (3, Verdict::Neutral)] {
            let mut agenda = shelf(24, minor);
            agenda.verdict(EventId(4), uplink::Verdict::Neutral);
            let Some(Command::Verdict { verdict, .. }) = agenda.next(1, 0) else {
                panic!("minor {minor}")
            };
            assert_eq!(verdict, told);
        }
    }
}
