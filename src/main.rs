//! The program `esep`.

fn main() -> std::process::ExitCode {
    esep::cli::run()
}
