//! What sign-ins cost.

use crate::process::Wms;

/// What the process has of memory at most, and now (KiB).
fn memory(wms: &Wms) -> (u64, u64) {
    let status = std::fs::read_to_string(format!("/proc/{}/status", wms.pid().as_raw_nonzero())).expect("its status");
    let figure = |name: &str| -> u64 {
        let line = status.lines().find(|line| line.starts_with(name)).expect("a line");
        line.split_whitespace()
            .nth(1)
            .and_then(|figure| figure.parse().ok())
            .expect("a number")
    };
    (figure("VmHWM:"), figure("VmRSS:"))
}

#[test]
fn r6_sixty_who_sign_in_at_once_take_little_memory_and_give_it_back() {
    let wms = Wms::start();
    let (_, before) = memory(&wms);
    let form = "application/x-www-form-urlencoded";
    let one = |number: u8| {
        // Each from an address and with a name of its own, whom nobody knows: that costs as much.
        let body = format!("login=guest-{number}&password=correct+horse");
        wms.ask_from(number + 1, None, "POST", "/sign-in", form, &body)
    };
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..60).map(|number| scope.spawn(move || one(number))).collect();
        for asked in asked {
            let answer = asked.join().expect("asked").expect("answered");
            assert!(answer.status != 429 && answer.status < 500, "{answer:?}");
        }
    });
    let (most, after) = memory(&wms);
    // Two hashes at once are 38 MiB; what is kept of each would be as much again.
    assert!(most < before + 80 * 1024, "{before} KiB before, {most} at most");
    assert!(after < before + 24 * 1024, "{before} KiB before, {after} after");
}
