//! `cargo run -p wiring -- …`: checks the circuits, rewrites the tables in `docs/`, prints a net list for KiCad.

use std::process::ExitCode;

use wiring::circuit::Circuit;
use wiring::data::{Fault, Library};
use wiring::{check, netlist, pages, root, shelf};

const HELP: &str = "cargo run -p wiring -- check          electrical rules over all circuits
cargo run -p wiring -- write          rewrites the tables in docs/
cargo run -p wiring -- netlist NAME   KiCad's net list of a circuit, on stdout";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<bool, Fault> {
    let root = root()?;
    let library = Library::read(&root)?;
    match arguments {
        ["check"] => {
            let mut well = true;
            for name in library.sheets.keys() {
                // Blocks are checked in the circuits that use them.
                if library
                    .sheets
                    .values()
                    .any(|sheet| sheet.blocks.iter().any(|block| block.name == *name))
                {
                    continue;
                }
                well &= told(&Circuit::of(&library, name)?);
            }
            Ok(well & told(&shelf::assemble(&library)?))
        }
        ["write"] => {
            for page in pages::write(&library, &root)? {
                println!("{page} rewritten");
            }
            Ok(true)
        }
        ["netlist", name] => {
            print!("{}", netlist::kicad(&Circuit::of(&library, name)?));
            Ok(true)
        }
        _ => {
            eprintln!("{HELP}");
            Ok(false)
        }
    }
}

/// Says what a circuit breaks; whether it breaks nothing.
fn told(circuit: &Circuit) -> bool {
    let broken = check::check(circuit);
    for one in &broken {
        println!("{}: {one}", circuit.name);
    }
    if broken.is_empty() {
        println!(
            "{}: {} parts, {} lines, well",
            circuit.name,
            circuit.parts.len(),
            circuit.nets.len()
        );
    }
    broken.is_empty()
}
