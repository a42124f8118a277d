//! A run that is played in memory, act by act, as the clerk does it: for tests of this crate and of those above it.
#![expect(clippy::expect_used, reason = "tests alone use it")]
#![expect(missing_docs, reason = "tests alone use it")]

use uplink::Key;

use crate::core::act::{Act, ActEnvelope, Actor};
use crate::core::crew::Role;
use crate::core::goods::Sku;
use crate::core::head::RunHead;
use crate::core::scenario::Scenario;
use crate::core::sentence::{Particular, Sentence};
use crate::core::words::{Mark, Words};
use crate::decide::decide;
use crate::event::Event;
use crate::locale::Lang;
use crate::outbound;
use crate::run::{RunState, Step};
use crate::scenario::ScenarioError;

/// A run that is played in memory, as the clerk does it.
pub struct Played {
    pub run: RunState,
    pub events: Vec<Event>,
}

impl Played {
    pub fn begin() -> Self {
        Self::of(changed(&[]).expect("the shipped drill loads"))
    }

    /// A run of the shipped drill with another word in its file.
    pub fn with(from: &str, to: &str) -> Self {
        Self::of(changed(&[(from, to)]).expect("loads"))
    }

    pub fn of(scenario: Scenario) -> Self {
        let head = RunHead {
            id: 7,
            scenario: scenario.id.clone(),
            group: 3,
            group_name: "第三组".into(),
            station: 1,
            day: 20_261_123,
            day_run: 1,
            started_at: 0,
            closed_at: None,
        };
        let mut played = Self {
            run: RunState::new(head, scenario),
            events: Vec::new(),
        };
        played.act(Act::Open);
        played
    }

    pub fn act(&mut self, act: Act) -> Option<Words> {
        self.act_by(act, Actor::Device { device: "d".into() })
    }

    pub fn act_by(&mut self, act: Act, actor: Actor) -> Option<Words> {
        self.act_at(act, actor, (self.run.last_act + 1) * 1000)
    }

    /// So many milliseconds after the act before.
    pub fn act_after(&mut self, act: Act, millis: i64) -> Words {
        let last = self.events.last().map_or(0, |event| event.at);
        self.act_at(act, Actor::Device { device: "d".into() }, last + millis)
            .expect("something is said")
    }

    fn act_at(&mut self, act: Act, actor: Actor, at: i64) -> Option<Words> {
        let no = self.run.last_act + 1;
        let envelope = ActEnvelope {
            source: format!("t:{no}"),
            at,
            certain: true,
            actor,
            act,
        };
        let decision = decide(&self.run, &envelope);
        assert_eq!(decision, decide(&self.run, &envelope), "the same twice");
        let event = Event {
            run: self.run.id(),
            no,
            source: envelope.source,
            at: envelope.at,
            certain: Some(true),
            arrived_at: envelope.at,
            actor: envelope.actor,
            act: envelope.act,
            changes: decision.changes,
            words: decision.words,
        };
        self.run.replay(&event).expect("the rules never break the ledger");
        if let Some(words) = &event.words {
            in_both_languages(&words.was);
            words.then.iter().for_each(in_both_languages);
            words.then.iter().for_each(|then| leads_on(&self.run, then));
        }
        let words = event.words.clone();
        self.events.push(event);
        words
    }

    pub fn scan(&mut self, code: &str) -> Option<Words> {
        self.act(Act::Scan {
            code: code.into(),
            aim: None,
            seen: None,
        })
    }

    /// A scan whose scanner tells the symbology.
    pub fn scan_as(&mut self, aim: &str, code: &str) -> Words {
        let act = Act::Scan {
            code: code.into(),
            aim: Some(aim.into()),
            seen: None,
        };
        assert!(act.fits(), "{aim} {code}");
        self.act(act).expect("something is said")
    }

    /// A button is pressed on a screen that shows the run as it was after this act.
    pub fn click(&mut self, code: &str, seen: i64) -> Words {
        let act = Act::Scan {
            code: code.into(),
            aim: None,
            seen: Some(seen),
        };
        self.act(act).expect("something is said")
    }

    pub fn right(&mut self, code: &str) {
        let words = self.scan(code).unwrap_or_else(|| panic!("{code}: nothing said"));
        assert_eq!(words.mark, Mark::Right, "{code}: {}", zh(&words));
    }

    /// A scan that is refused: what is said, and nothing changes.
    pub fn wrong(&mut self, code: &str) -> String {
        let words = self.scan(code).unwrap_or_else(|| panic!("{code}: nothing said"));
        assert_eq!(words.mark, Mark::Wrong, "{code}: {}", zh(&words));
        assert!(
            self.events.last().expect("event").changes.is_empty(),
            "{code}: something changed"
        );
        zh(&words)
    }

    pub fn sku(&self, code: &str) -> Sku {
        self.run.ground.goods.sku(code).expect("known").clone()
    }

    pub fn unit(&self, code: &str) -> String {
        self.sku(code).gtin13
    }

    pub fn case(&self, code: &str) -> String {
        self.sku(code).case_gtin14
    }

    pub fn press(&mut self, position: u8, key: Key, count: Option<u16>, tag: u32) -> Words {
        self.act(Act::Key {
            position,
            key,
            count,
            tag,
        })
        .expect("something is said")
    }

    /// The lit positions.
    pub fn lit(&self) -> Vec<(u8, uplink::Light)> {
        let lights = outbound::lights(&self.run.shipping()).into_iter().enumerate();
        lights
            .filter(|(_, light)| light.tag != 0)
            .map(|(position, light)| (position as u8, light))
            .collect()
    }

    pub fn receive(&mut self) {
        self.right("CMD-CONFIRM");
        for (sku, cases) in [("RY001", 4), ("RY003", 2), ("RY004", 3)] {
            for _ in 0..cases {
                let case = self.case(sku);
                self.right(&case);
            }
            self.right(if sku == "RY003" { "CMD-SHORT" } else { "CMD-CONFIRM" });
        }
    }

    pub fn put_away(&mut self) {
        self.right("CMD-CONFIRM");
        for line in self.run.inbound.lines.clone() {
            let placed = line.placed.expect("placed");
            self.right(&placed.location);
            self.right(&placed.lpn);
        }
    }

    pub fn until_wave(&mut self) {
        self.receive();
        self.put_away();
        self.right("CMD-CONFIRM");
        self.right("CMD-CONFIRM");
    }

    pub fn pick(&mut self) {
        while let Some((position, light)) = self.lit().first().copied() {
            let short = self.run.ground.scenario.floor.pick_code(position).expect("code") == "A-01-03-01";
            let words = if short {
                self.press(position, Key::Minus, Some(1), light.tag);
                self.press(position, Key::Confirm, Some(1), light.tag)
            } else {
                self.press(position, Key::Confirm, light.count, light.tag)
            };
            assert_eq!(words.mark, Mark::Right, "{}", zh(&words));
        }
    }

    /// Scans so many units of the order that is checked.
    pub fn check(&mut self, units: &[(&str, i64)]) {
        for (sku, count) in units {
            for _ in 0..*count {
                let unit = self.unit(sku);
                self.right(&unit);
            }
        }
    }

    pub fn weigh(&mut self, grams: i32) -> Words {
        self.act(Act::Weight { grams, stable: true })
            .expect("something is said")
    }

    pub fn write_log(&mut self, text: &str) -> Words {
        self.act_by(Act::WriteLog { text: text.into() }, person(Role::Student))
            .expect("something is said")
    }

    pub fn check_and_weigh(&mut self) {
        for index in 0..self.run.outbound.orders.len() {
            let number = self.run.outbound.orders[index].number.clone();
            self.right(&number);
            for line in Vec::clone(&self.run.outbound.orders[index].lines) {
                for _ in 0..line.picked() {
                    let unit = self.unit(&line.sku);
                    self.right(&unit);
                }
            }
            let grams = outbound::computed_grams(&self.run.shipping(), index) as i32 + 15;
            let words = self.act(Act::Weight { grams, stable: true }).expect("said");
            assert_eq!(words.mark, Mark::Right, "{}", zh(&words));
        }
    }
}

/// The shipped drill with other words in its file.
pub fn changed(words: &[(&str, &str)]) -> Result<Scenario, ScenarioError> {
    let mut text = include_str!("../../scenarios/first-drill.toml").to_owned();
    for (from, to) in words {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    crate::scenario::parse(std::path::Path::new("own.toml"), &text)
}

pub fn zh(words: &Words) -> String {
    let say = |sentence: &Sentence| Lang::Zh.words().say(sentence);
    match &words.then {
        Some(then) => format!("{} {}", say(&words.was), say(then)),
        None => say(&words.was),
    }
}

/// A sentence exists in both languages and leaves no placeholder open.
fn in_both_languages(sentence: &Sentence) {
    for lang in [Lang::Zh, Lang::En] {
        assert!(
            lang.words().has(&sentence.key),
            "{} is missing in {lang:?}",
            sentence.key
        );
        let text = lang.words().get(&sentence.key);
        for place in text.split('{').skip(1).filter_map(|part| part.split_once('}')) {
            assert!(
                sentence.with.contains_key(place.0),
                "{} gives nothing for {}",
                sentence.key,
                place.0
            );
        }
    }
    for value in sentence.with.values() {
        if let Particular::Sentence(inner) = value {
            in_both_languages(inner);
        }
    }
}

pub fn person(role: Role) -> Actor {
    Actor::Person { id: 1, role }
}

/// What a sentence says is to be done next is what the run is at: looked at after every act of every test.
fn leads_on(run: &RunState, then: &Sentence) {
    let step = run.step();
    let fits = match then.key.as_str() {
        "receive.opened_then"
        | "receive.go_on"
        | "receive.full"
        | "receive.next_line"
        | "receive.line_done_then"
        | "receive.short_ask_then" => step == Step::Receive,
        "receive.all_done_then" => step == Step::Label,
        "receive.labels_then" | "put_away.next" | "put_away.aimed_then" => step == Step::PutAway,
        "put_away.all_done_then" => step == Step::Receipt,
        "receive.submitted_then" => step == Step::Wave,
        "pick.released_then" | "pick.next_light" | "pick.next_order" => matches!(step, Step::Pick(_)),
        "pick.all_done_then" | "check.rest" | "check.begun_then" => matches!(step, Step::Check(_)),
        "check.complete_then" => matches!(step, Step::Weigh(_)),
        "weigh.next_order" => matches!(step, Step::Check(_) | Step::Weigh(_)),
        "weigh.all_done_then" | "ship.rest" => step == Step::HandOver,
        "ship.all_done_then" => step == Step::Log,
        "drill.done_then" => step == Step::Done,
        "now.is" => matches!(then.with.get("step"), Some(Particular::Sentence(named)) if named.key == step.key()),
        _ => true,
    };
    assert!(fits, "\"{}\" is said at {step:?}", Lang::Zh.words().say(then));
}
