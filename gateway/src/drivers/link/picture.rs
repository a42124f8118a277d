//! What a shelf should show, and how much of it the node has yet to be told. Pure.
//!
//! The uplink keeps whole pictures. A node is told the ranges that differ from what it took, and the whole picture where it
//! is not known what it shows: after its hello, after a refusal, and again and again, so that nothing is wrong for long.

use std::ops::Range;

use ::link::message::{Command, MAX_POSITIONS, PositionLight};
use heapless::Vec as Bounded;

/// How often the whole picture is told anew, µs.
pub const WHOLE_AGAIN: u64 = 10_000_000;
/// Ranges with so few positions between them are one: what a frame costs is more than they do.
const GAP: usize = 2;
/// From so many ranges on the whole picture is told.
const MANY: usize = 4;

/// Lights of all positions.
pub type Lights = Bounded<PositionLight, MAX_POSITIONS>;

/// One shelf's picture.
#[derive(Debug, Default)]
pub struct Picture {
    /// The newest that is wanted, and under which number.
    wanted: Option<(u64, Lights)>,
    /// Whether the number was reported taken.
    reported: bool,
    /// What the node is known to show.
    taken: Option<Lights>,
    /// When the whole is told anew, µs.
    whole_at: u64,
}

/// A part of a picture on its way.
#[derive(Debug)]
pub struct Part {
    /// Under which number it was wanted.
    number: u64,
    first: usize,
    lights: Lights,
    /// Whether the picture is complete with it.
    last: bool,
    whole: bool,
}

impl Part {
    /// The number to report once it is on the wire.
    pub fn completes(&self) -> Option<u64> {
        self.last.then_some(self.number)
    }
}

impl Picture {
    /// This is to be shown from now on. True: it is already.
    pub fn want(&mut self, number: u64, lights: Lights) -> bool {
        let shown = self.taken.as_ref() == Some(&lights);
        self.wanted = Some((number, lights));
        self.reported = shown;
        shown
    }

    /// The next part to tell. `now` in µs.
    pub fn next(&self, now: u64) -> Option<(Part, Command)> {
        let (number, wanted) = self.wanted.as_ref()?;
        let ranges = match &self.taken {
            Some(taken) if now < self.whole_at => ranges(taken, wanted),
            _ => std::iter::once(0..wanted.len()).collect(),
        };
        let range = if ranges.len() < MANY {
            ranges.first()?.clone()
        } else {
            0..wanted.len()
        };
        let whole = range == (0..wanted.len());
        let lights: Lights = wanted.get(range.clone())?.iter().copied().collect();
        let first = u8::try_from(range.start).ok()?;
        let part = Part {
            number: *number,
            first: range.start,
            lights: lights.clone(),
            last: !self.reported && (whole || ranges.len() == 1),
            whole,
        };
        Some((part, Command::Lights { first, lights }))
    }

    /// The node took a part. Gives the number that it completes.
    pub fn took(&mut self, part: Part, now: u64) -> Option<u64> {
        if part.whole {
            self.taken = Some(part.lights);
            self.whole_at = now + WHOLE_AGAIN;
        } else if let Some(taken) = &mut self.taken {
            for (at, light) in (part.first..).zip(part.lights) {
                if let Some(position) = taken.get_mut(at) {
                    *position = light;
                }
            }
        }
        self.reported |= part.last && self.wanted.as_ref().is_some_and(|(number, _)| *number == part.number);
        part.last.then_some(part.number)
    }

    /// A part was refused: what the node shows is not known. It is told again after a while, or with the next picture.
    pub fn refused(&mut self, part: &Part, now: u64) -> Option<u64> {
        self.taken = Some(Lights::new());
        self.whole_at = now + WHOLE_AGAIN;
        let current = self.wanted.as_ref().is_some_and(|(number, _)| *number == part.number);
        let tell = current && !self.reported;
        if current {
            // Told once; the repetition tells nobody.
            self.reported = true;
            self.taken = self.wanted.as_ref().map(|(_, lights)| lights.clone());
        }
        tell.then_some(part.number)
    }

    /// What the node shows is not known any more.
    pub fn forget(&mut self) {
        self.taken = None;
    }

    /// When [`next`](Self::next) gives something although nothing came, µs.
    pub fn wake_at(&self) -> Option<u64> {
        self.wanted.as_ref().map(|_| self.whole_at)
    }
}

/// Where two pictures differ; positions beyond either differ.
fn ranges(taken: &[PositionLight], wanted: &[PositionLight]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for at in (0..wanted.len()).filter(|at| taken.get(*at) != wanted.get(*at)) {
        match ranges.last_mut() {
            Some(range) if at <= range.end + GAP => range.end = at + 1,
            _ => ranges.push(at..at + 1),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use ::link::message::Colour;
    use proptest::prelude::*;

    use super::*;

    fn lights(lit: &[usize]) -> Lights {
        let light = |at: usize| PositionLight {
            colour: if lit.contains(&at) { Colour::A } else { Colour::Off },
            tag: u32::from(lit.contains(&at)),
            ..PositionLight::default()
        };
        (0..24).map(light).collect()
    }

    fn told(picture: &Picture, now: u64) -> Option<(Part, (u8, usize))> {
        let (part, command) = picture.next(now)?;
        let Command::Lights { first, lights } = command else {
            panic!("{command:?}")
        };
        Some((part, (first, lights.len())))
    }

    #[test]
    fn one_light_s_change_is_one_light_long() {
        let mut picture = Picture::default();
        assert!(!picture.want(1, lights(&[3, 7])));
        let (part, size) = told(&picture, 0).expect("the whole first");
        assert_eq!((size, part.completes()), ((0, 24), Some(1)));
        assert_eq!(picture.took(part, 5), Some(1));
        assert!(told(&picture, 6).is_none());
        assert!(!picture.want(2, lights(&[7])));
        let (part, size) = told(&picture, 7).expect("what differs");
        assert_eq!((size, part.completes()), ((3, 1), Some(2)));
        assert_eq!(picture.took(part, 8), Some(2));
        assert!(picture.want(3, lights(&[7])), "that is shown already");
        assert!(told(&picture, 9).is_none());
    }

    #[test]
    fn near_changes_go_together_and_many_as_the_whole() {
        let shown = lights(&[]);
        for (lit, wanted) in [
            (&[1, 4][..], std::iter::once(1..5).collect()),
            (&[1, 5], vec![1..2, 5..6]),
            (&[0, 8, 16], vec![0..1, 8..9, 16..17]),
        ] {
            assert_eq!(ranges(&shown, &lights(lit)), wanted);
        }
        let mut picture = Picture::default();
        picture.want(1, shown);
        let (part, _) = told(&picture, 0).expect("whole");
        picture.took(part, 0);
        picture.want(2, lights(&[0, 6, 12, 18]));
        assert_eq!(told(&picture, 1).expect("whole").1, (0, 24));
        picture.want(3, lights(&[0, 12]));
        let (part, size) = told(&picture, 2).expect("the first range");
        assert_eq!((size, part.completes()), ((0, 1), None));
        assert_eq!(picture.took(part, 3), None);
        let (part, size) = told(&picture, 4).expect("the second");
        assert_eq!((size, part.completes()), ((12, 1), Some(3)));
    }

    #[test]
    fn the_whole_is_told_anew_and_reported_once() {
        let mut picture = Picture::default();
        picture.want(1, lights(&[2]));
        let (part, _) = told(&picture, 0).expect("whole");
        picture.took(part, 100);
        assert_eq!(picture.wake_at(), Some(100 + WHOLE_AGAIN));
        assert!(told(&picture, 99 + WHOLE_AGAIN).is_none());
        let (part, size) = told(&picture, 100 + WHOLE_AGAIN).expect("anew");
        assert_eq!((size, part.completes()), ((0, 24), None));
        assert_eq!(picture.took(part, 100 + WHOLE_AGAIN), None);
        assert!(told(&picture, 101 + WHOLE_AGAIN).is_none());
    }

    #[test]
    fn what_is_refused_is_reported_once_and_tried_again_later() {
        let mut picture = Picture::default();
        picture.want(1, lights(&[2]));
        let (part, _) = told(&picture, 0).expect("whole");
        assert_eq!(picture.refused(&part, 0), Some(1));
        assert!(told(&picture, 1).is_none());
        let (part, size) = told(&picture, WHOLE_AGAIN).expect("again");
        assert_eq!(size, (0, 24));
        assert_eq!(picture.refused(&part, WHOLE_AGAIN), None);
    }

    proptest! {
        /// Whatever is wanted, and however often it changes on the way, the node ends up showing the newest.
        #[test]
        fn the_node_ends_with_the_newest_picture(
            wants in prop::collection::vec((prop::collection::vec(0..24_usize, 0..8), 0..4_usize), 1..12)
        ) {
            let mut picture = Picture::default();
            let mut node = lights(&[5]);
            let mut now = 0;
            let mut show = |picture: &mut Picture, most: usize| {
                for _ in 0..most {
                    now += 1;
                    let Some((part, command)) = picture.next(now) else { break };
                    let Command::Lights { first, lights } = command else { panic!() };
                    for (at, light) in (usize::from(first)..).zip(lights) {
                        node[at] = light;
                    }
                    picture.took(part, now);
                }
                node.clone()
            };
            let mut newest = Lights::new();
            for (number, (lit, steps)) in (1..).zip(wants) {
                newest = lights(&lit);
                picture.want(number, newest.clone());
                show(&mut picture, steps);
            }
            prop_assert_eq!(show(&mut picture, 24), newest);
        }
    }
}
