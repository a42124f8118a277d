//! Numbers that a run gives to its labels and papers. Each carries its run, so that two never meet.

/// A received line's licence plate (`LP-0007-001`): the run, and the line from 0.
pub fn licence_plate(run: i64, line: usize) -> String {
    format!("LP-{run:04}-{:03}", line + 1)
}

/// A paper's number (`RK-20261123-0007-01`): code of its kind, the warehouse's day as YYYYMMDD, run, counter.
pub fn paper_number(kind: &str, day: i64, run: i64, counter: usize) -> String {
    format!("{kind}-{day}-{run:04}-{counter:02}")
}

/// Whether a code is built like one that a run gives, or gave once: it can't name anything else.
pub fn is_of_a_run(key: &str) -> bool {
    parts(key).is_some()
}

/// The run that gave a code; none where the code is not built like that, or was given before numbers carried their run.
pub fn run_of(key: &str) -> Option<i64> {
    parts(key)?
}

/// Some: built like a run's. Within: its run, where it carries one.
fn parts(key: &str) -> Option<Option<i64>> {
    let parts: Vec<&str> = key.split('-').collect();
    let digits = |text: &str, least: usize| text.len() >= least && text.bytes().all(|byte| byte.is_ascii_digit());
    match parts[..] {
        ["LP", run, line] if digits(run, 4) && digits(line, 3) => Some(run.parse().ok()),
        [kind, day, run, counter]
            if kind.len() == 2
                && kind.bytes().all(|byte| byte.is_ascii_uppercase())
                && digits(day, 8)
                && digits(run, 1)
                && digits(counter, 2) =>
        {
            // Before, the group stood where the run stands, without zeros before it.
            Some(run.parse().ok().filter(|_| run.len() >= 4))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_gives_is_known_by_its_form_and_tells_the_run() {
        assert_eq!(licence_plate(7, 0), "LP-0007-001");
        assert_eq!(licence_plate(10_007, 0), "LP-10007-001");
        assert_eq!(paper_number("RK", 20_261_123, 7, 1), "RK-20261123-0007-01");
        for (run, code) in [
            (7, licence_plate(7, 1_200)),
            (10_007, licence_plate(10_007, 3)),
            (7, paper_number("CK", 20_261_123, 7, 120)),
            (123_456, paper_number("CK", 20_261_123, 123_456, 1)),
        ] {
            assert!(is_of_a_run(&code), "{code}");
            assert_eq!(run_of(&code), Some(run), "{code}");
        }
        // As it was numbered once: group, then the group's run of the day and the counter.
        assert!(is_of_a_run("RK-20261123-3-0101"));
        assert_eq!(run_of("RK-20261123-3-0101"), None);
        for other in [
            "CK-0001",
            "LP-1",
            "A-01-01-01",
            "RK-2026-3-0101",
            "RK-20261123-3-1",
            "",
            "LP",
        ] {
            assert!(!is_of_a_run(other), "{other}");
        }
    }
}
