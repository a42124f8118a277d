//! A throwaway cluster for tests in another language: prints the address of an empty database, and ends with its standard
//! input.

use std::io::{Read, Write};
use std::process::ExitCode;

use throwaway_postgres::{Cluster, ClusterError, Durability};

fn main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("throwaway-postgres: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<(), ClusterError> {
    let cluster = Cluster::start(Durability::None)?;
    println!("{}", cluster.create("floor")?);
    std::io::stdout().flush()?;
    // Whoever started this has gone, or wants it to end.
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
