//! The hands at a station's devices: acts that the clerks take, up to the whole drill.

use std::sync::atomic::{AtomicI64, Ordering};

use rules::outbound::{computed_grams, lights};
use rules::{Act, ActEnvelope, Actor, Answer, Mark, RunId};
use uplink::Key;
use wms::engine::App;

static SOURCE: AtomicI64 = AtomicI64::new(1);

/// What someone at a device does; sources never repeat.
pub fn envelope(act: Act) -> ActEnvelope {
    let source = format!("test:{}:{}", std::process::id(), SOURCE.fetch_add(1, Ordering::Relaxed));
    ActEnvelope {
        source,
        at: 1_764_000_000_000,
        certain: true,
        actor: Actor::Device { device: "test".into() },
        act,
    }
}

/// An act that is taken.
pub async fn act(app: &App, run: RunId, act: Act) -> Answer {
    app.act(run, envelope(act)).await.expect("taken")
}

/// A scan that is taken.
pub async fn scan(app: &App, run: RunId, code: &str) -> Answer {
    let code = code.into();
    act(
        app,
        run,
        Act::Scan {
            code,
            aim: None,
            seen: None,
        },
    )
    .await
}

/// A scan that is right.
pub async fn right(app: &App, run: RunId, code: &str) {
    let words = scan(app, run, code).await.words.expect("something is said");
    assert_eq!(words.mark, Mark::Right, "{code}: {words:?}");
}

/// In, and the wave released.
pub async fn receive(app: &App, run: RunId) {
    right(app, run, "CMD-CONFIRM").await;
    let state = app.run_state(run).await.expect("run");
    for line in &state.ground.scenario.inbound.line {
        let case = state.ground.goods.sku(&line.sku).expect("known").case_gtin14.clone();
        for _ in 0..line.arrives.cases {
            right(app, run, &case).await;
        }
        right(
            app,
            run,
            if line.arrives.cases < line.cases {
                "CMD-SHORT"
            } else {
                "CMD-CONFIRM"
            },
        )
        .await;
    }
    // The same barcode at once would be the same one, read twice.
    right(app, run, "CMD-NEXT").await;
    for line in &app.run_state(run).await.expect("run").inbound.lines {
        let placed = line.placed.as_ref().expect("placed");
        right(app, run, &placed.location).await;
        right(app, run, &placed.lpn).await;
    }
    right(app, run, "CMD-CONFIRM").await;
    right(app, run, "CMD-NEXT").await;
}

/// Confirms the first light, with one unit less where the shelf holds less.
pub async fn pick_one(app: &App, run: RunId) -> bool {
    let state = app.run_state(run).await.expect("run");
    let Some((position, light)) = lights(&state.shipping())
        .into_iter()
        .enumerate()
        .find(|(_, light)| light.tag != 0)
    else {
        return false;
    };
    let count = if position == 16 { Some(1) } else { light.count };
    let position = u8::try_from(position).expect("small");
    act(
        app,
        run,
        Act::Key {
            position,
            key: Key::Confirm,
            count,
            tag: light.tag,
        },
    )
    .await;
    true
}

/// Checks, weighs and hands over all orders, and writes the log.
pub async fn ship(app: &App, run: RunId) {
    check_and_hand_over(app, run).await;
    let text = "三行到货，一行短少一箱。".to_owned();
    act(app, run, Act::WriteLog { text }).await;
}

/// The same up to the log.
pub async fn check_and_hand_over(app: &App, run: RunId) {
    for index in 0..3 {
        let state = app.run_state(run).await.expect("run");
        let order = &state.outbound.orders[index];
        right(app, run, &order.number).await;
        for line in &order.lines {
            let unit = state.ground.goods.sku(&line.sku).expect("known").gtin13.clone();
            for _ in 0..line.picked() {
                right(app, run, &unit).await;
            }
        }
        let grams = i32::try_from(computed_grams(&state.shipping(), index)).expect("small");
        act(app, run, Act::Weight { grams, stable: true }).await;
    }
    for number in ["CK-0001", "CK-0002", "CK-0003"] {
        right(app, run, number).await;
    }
}
