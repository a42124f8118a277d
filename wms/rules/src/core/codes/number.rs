//! Numbers that a run gives to its labels and papers.

/// A received line's licence plate (`LP-0007-001`): the run, and the line from 0.
pub fn licence_plate(run: i64, line: usize) -> String {
    format!("LP-{:04}-{:03}", run % 10_000, line + 1)
}

/// A paper's number (`RK-20261123-3-0101`): code of its kind, day as YYYYMMDD, group, the group's run of that day, counter.
pub fn paper_number(kind: &str, day: i64, group: i64, day_run: i64, counter: usize) -> String {
    format!("{kind}-{day}-{group}-{day_run:02}{counter:02}")
}

/// Whether a code is built like one that a run may give: it can't name anything else.
pub fn is_of_a_run(key: &str) -> bool {
    let parts: Vec<&str> = key.split('-').collect();
    let digits = |text: &str, least: usize| text.len() >= least && text.bytes().all(|byte| byte.is_ascii_digit());
    match parts[..] {
        ["LP", run, line] => digits(run, 4) && digits(line, 3),
        [kind, day, group, counter] => {
            kind.len() == 2
                && kind.bytes().all(|byte| byte.is_ascii_uppercase())
                && digits(day, 8)
                && digits(group, 1)
                && digits(counter, 4)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_gives_is_known_by_its_form() {
        assert_eq!(licence_plate(10_007, 0), "LP-0007-001");
        assert!(is_of_a_run(&licence_plate(7, 1_200)));
        assert_eq!(paper_number("RK", 20_261_123, 3, 1, 1), "RK-20261123-3-0101");
        assert!(is_of_a_run(&paper_number("CK", 20_261_123, 3, 1, 120)));
        for other in ["CK-0001", "LP-1", "A-01-01-01", "RK-2026-3-0101", "", "LP"] {
            assert!(!is_of_a_run(other), "{other}");
        }
    }
}
