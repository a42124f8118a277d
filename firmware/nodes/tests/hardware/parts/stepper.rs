use embedded_hal_mock::eh1::MockError;
use embedded_hal_mock::eh1::digital::{Mock as Pin, State, Transaction};
use nodes::parts::Failed;
use nodes::parts::stepper::Stepper;

use State::{High, Low};

/// A1, A2, B1, B2 after the first half step, the second …: from one to the next a single end changes, and no coil is driven at
/// both of its ends.
const PHASES: [[State; 4]; 8] = [
    [High, Low, High, Low],
    [Low, Low, High, Low],
    [Low, High, High, Low],
    [Low, High, Low, Low],
    [Low, High, Low, High],
    [Low, Low, Low, High],
    [High, Low, Low, High],
    [High, Low, Low, Low],
];

fn failing(state: State) -> Transaction {
    Transaction::set(state).with_error(MockError::Io(std::io::ErrorKind::Other))
}

#[test]
fn nine_half_steps_go_once_round_and_on_and_then_all_lets_go() {
    let steps: Vec<_> = PHASES.iter().chain(&PHASES[..1]).collect();
    let coils: [Pin; 4] = core::array::from_fn(|coil| {
        let levels = steps.iter().map(|phase| phase[coil]).chain([Low]);
        Pin::new(&levels.map(Transaction::set).collect::<Vec<_>>())
    });
    let mut awake = Pin::new(&[vec![Transaction::set(High); 9], vec![Transaction::set(Low)]].concat());
    let mut motor = Stepper::new(coils.clone(), awake.clone());
    for _ in &steps {
        assert_eq!(motor.step(), Ok(()));
    }
    assert_eq!(motor.release(), Ok(()));
    coils.into_iter().for_each(|mut coil| coil.done());
    awake.done();
}

#[test]
fn a_pin_that_does_not_obey_is_told_and_the_others_are_let_go() {
    let first = Pin::new(&[failing(High), failing(Low)]);
    let others: [Pin; 3] = core::array::from_fn(|_| Pin::new(&[Transaction::set(Low)]));
    let mut awake = Pin::new(&[Transaction::set(Low)]);
    let [a2, b1, b2] = others.clone();
    let mut motor = Stepper::new([first.clone(), a2, b1, b2], awake.clone());
    assert_eq!(motor.step(), Err(Failed));
    assert_eq!(motor.release(), Err(Failed));
    others.into_iter().chain([first]).for_each(|mut coil| coil.done());
    awake.done();
}
