//! Implements `langfit completions` and `langfit man`, both generated from the command line's definition.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Command, CommandFactory as _};
use clap_complete::Shell;
use clap_complete::env::Shells;
use clap_mangen::Man;

use super::print;
use crate::cli::Cli;

/// Prints the completions for a shell.
pub fn completions(shell: Shell) -> Result<ExitCode> {
    let mut bytes = Vec::new();
    let command = Cli::command();
    let name = command.get_name();
    let shells = Shells::builtins();
    let script = shells.completer(&shell.to_string()).context("there are no completions for this shell")?;
    // The script calls the program, because only the program knows the questions. The shell finds the program
    // in the `PATH`.
    script.write_registration("COMPLETE", name, name, name, &mut bytes)?;
    if shell == Shell::Bash {
        bytes.extend(BASH_WORDS.as_bytes());
    }
    print(&String::from_utf8(bytes)?)?;
    Ok(ExitCode::SUCCESS)
}

/// A function for bash that passes the words to the program without quotes, and each assignment as one word.
/// Bash splits words at `=` and `@`, so the prefix that it keeps in the line is cut from the replies. Paths
/// are left to bash, which handles quoting and `~`.
const BASH_WORDS: &str = r#"
_langfit_words() {
    local COMP_WORDS=() COMP_CWORD typed=${COMP_LINE:0:COMP_POINT}
    local at character quote='' word='' begun=''
    for ((at = 0; at < ${#typed}; at++)); do
        character=${typed:at:1}
        case $quote$character in
            "''" | '""') quote='' ;;
            "'" | '"') quote=$character begun=1 ;;
            '\' | '"\') at=$((at + 1)) word+=${typed:at:1} begun=1 ;;
            "'"* | '"'*) word+=$character ;;
            ' ' | $'\t')
                [[ -z $begun ]] || COMP_WORDS+=("$word")
                word='' begun=''
                ;;
            *) word+=$character begun=1 ;;
        esac
    done
    COMP_CWORD=${#COMP_WORDS[@]}
    COMP_WORDS+=("$word")
    _clap_complete_langfit "$1" "$word" ''
    case "${COMP_WORDS[COMP_CWORD - 1]} $word" in
        --set\ * | --part\ * | --title\ * | --system\ * | --decider\ * | --because\ * | --today\ * | --number\ * | \
            *\ --set=* | *\ --part=*) compopt +o default +o bashdefault 2> /dev/null ;;
    esac
    local reply replies=() left=$2
    [[ -n $quote ]] || left=${left//\\/}
    local kept=${word%"$left"}
    for reply in "${COMPREPLY[@]}"; do
        # Options are offered only after a dash, because they would get in the way of completing a path.
        [[ -z $word && $reply == -* ]] && continue
        reply=${reply#"$kept"}
        if [[ -z $quote && $reply == *[^[:alnum:]_@=,./:+-]* ]]; then
            printf -v reply %q "$reply"
        fi
        replies+=("$reply")
    done
    COMPREPLY=("${replies[@]}")
}
complete -o default -o bashdefault -o nospace -o nosort -F _langfit_words langfit 2> /dev/null ||
    complete -o default -o bashdefault -o nospace -F _langfit_words langfit
"#;

/// Prints the manual, with all commands on one page.
pub fn page() -> Result<ExitCode> {
    let command = Cli::command();
    let man = Man::new(command.clone());
    let mut bytes = Vec::new();
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    writeln!(bytes, ".SH COMMANDS")?;
    for subcommand in command.get_subcommands() {
        bytes.extend(section(command.get_name(), subcommand)?);
    }
    man.render_extra_section(&mut bytes)?;
    print(&String::from_utf8(bytes)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Returns the section of the manual about one command. Drops the headings that a separate page would have.
fn section(program: &str, command: &Command) -> Result<Vec<u8>> {
    let name = command.get_name();
    let man = Man::new(command.clone().bin_name(format!("{program} {name}")).disable_help_flag(true));
    let mut rendered = Vec::new();
    man.render_synopsis_section(&mut rendered)?;
    man.render_description_section(&mut rendered)?;
    man.render_options_section(&mut rendered)?;
    let mut bytes = format!(".SS {name}\n").into_bytes();
    for line in String::from_utf8(rendered)?.lines() {
        match line.get(..3) {
            Some(".SH") => writeln!(bytes, ".PP")?,
            Some(".ie" | ".el") => {}
            _ => writeln!(bytes, "{line}")?,
        }
    }
    Ok(bytes)
}
