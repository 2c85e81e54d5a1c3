//! Runs an interactive bash to find out what Tab completes. Must not know the expected completions.

use std::path::Path;

use portable_pty::CommandBuilder;

use super::Pty;

/// The F12 key as a terminal sends it.
const F12: &str = "\u{1b}[24~";

/// The startup file for bash: it loads the completion script and makes F12 record the line up to the cursor.
const SETUP: &str = r#"
source ./langfit.bash
bind 'set bell-style none'
shown() {
    printf '%s\n' "${READLINE_LINE:0:READLINE_POINT}|" >> lines
    READLINE_LINE='' READLINE_POINT=0
    printf 'kept %s\n' "$(wc -l < lines)"
}
bind -x '"\e[24~": shown'
PS1='ready> '
"#;

/// Returns what each command line becomes when Tab is pressed, up to the cursor and followed by `|`. Returns
/// `None` if bash is not installed.
pub fn completed_by_bash(folder: &Path, typed: &[&str]) -> Option<Vec<String>> {
    std::process::Command::new("bash").arg("--version").output().ok()?;
    std::fs::write(folder.join(".setup"), SETUP).expect("the folder can be written");
    let program = Path::new(env!("CARGO_BIN_EXE_langfit")).parent().expect("it is in a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(program.to_owned()).chain(std::env::split_paths(&path));
    let mut command = CommandBuilder::new("bash");
    command.args(["--noprofile", "--rcfile", ".setup", "-i"]);
    command.cwd(folder);
    command.env("PATH", std::env::join_paths(folders).expect("the folder can be in it"));
    command.env("INPUTRC", "/dev/null");
    command.env("LC_ALL", "C.UTF-8");
    let mut bash = Pty::run(command);
    bash.wait_for("ready>");
    for (at, arguments) in typed.iter().enumerate() {
        bash.press(&format!("langfit {arguments}\t{F12}"));
        bash.wait_for(&format!("kept {}", at + 1));
    }
    bash.press("exit\r");
    assert_eq!(bash.end().0, 0);
    let lines = std::fs::read_to_string(folder.join("lines")).expect("bash wrote it");
    Some(lines.lines().map(str::to_owned).collect())
}
