//! What "Choosing Python For Scripting, Backend, Data, And AI Work" recommends.

use super::{check, check_all};

/// "Choosing Python", prefer Python over shell: branches and several teams that maintain the script.
#[test]
fn script_with_branches_and_many_maintainers() {
    check(
        &[
            "parts=scripts",
            "draw=neither",
            "arrival=batch",
            "start-often=hourly",
            "control=ours",
            "types=docs",
            "outside-data=validator",
            "parallelism=none",
            "shape=one-file",
            "script-job=logic",
            "team-stack=shell",
            "existing=nothing",
            "lifetime=years-many-teams",
            "binds=people",
            "writers=developers,operations",
        ],
        "Scripts",
        &["python"],
    );
}

/// "Choosing Python", prefer shell: a short pipeline around existing commands.
#[test]
fn script_that_only_joins_commands() {
    check(
        &[
            "parts=scripts",
            "draw=neither",
            "arrival=batch",
            "start-often=hourly",
            "control=ours",
            "types=docs",
            "outside-data=schema",
            "parallelism=none",
            "shape=one-file",
            "script-job=pipeline",
            "team-stack=shell",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=people",
            "writers=operations",
        ],
        "Scripts",
        &["shell"],
    );
}

/// "Choosing Python", prefer JavaScript: the script lives in a Node project and drives its build.
#[test]
fn script_inside_a_node_project() {
    check(
        &[
            "parts=scripts",
            "draw=packages",
            "ecosystem=npm-browser",
            "arrival=batch",
            "start-often=hourly",
            "control=ours",
            "types=docs",
            "outside-data=validator",
            "parallelism=none",
            "shape=one-file",
            "script-job=node",
            "team-stack=javascript",
            "existing=inside",
            "neighbour=javascript",
            "chatty=quiet",
            "lifetime=years-one-team",
            "binds=people",
            "writers=front-end",
        ],
        "Scripts",
        &["javascript"],
    );
}

/// "Choosing Python", prefer Go or Rust: one static binary that is started on every command.
#[test]
fn tool_that_starts_on_every_command() {
    check(
        &[
            "parts=scripts",
            "draw=neither",
            "arrival=batch",
            "start-often=each-command",
            "control=users-bare",
            "types=compile",
            "parallelism=none",
            "shape=executable",
            "script-job=grows",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=none",
        ],
        "Scripts",
        &["go"],
    );
}

/// "Choosing Python", practical default: command-line tools as a static binary, Go.
#[test]
fn command_line_tool() {
    check(
        &[
            "parts=cli",
            "draw=language",
            "arrival=interactive",
            "start-often=hourly",
            "control=users-runtime",
            "types=static",
            "outside-data=validator",
            "parallelism=none",
            "shape=executable",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=none",
        ],
        "CLI",
        &["go"],
    );
}

/// "Choosing Python", practical default: full-stack JavaScript and npm, TypeScript.
#[test]
fn full_stack_on_npm() {
    check_all(
        &[
            "parts=api,ui",
            "draw=packages",
            "ecosystem=npm-browser",
            "arrival=request-response",
            "load=upto-10k",
            "control=ours",
            "types=static",
            "outside-data=own-browser",
            "parallelism=none",
            "shape=service",
            "api-center=front-end",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=people",
            "writers=developers,front-end",
        ],
        &[("API", &["typescript"]), ("UI", &["typescript"])],
    );
}

/// "Choosing Python", JavaScript instead of TypeScript: a small service, dynamic on purpose.
#[test]
fn small_dynamic_node_service() {
    check(
        &[
            "parts=api",
            "draw=packages",
            "ecosystem=npm-browser",
            "arrival=request-response",
            "load=under-100",
            "control=ours",
            "types=docs",
            "outside-data=validator",
            "parallelism=none",
            "shape=service",
            "api-center=front-end",
            "team-stack=javascript",
            "existing=nothing",
            "lifetime=prototype",
            "binds=none",
        ],
        "API",
        &["javascript"],
    );
}

/// "Choosing Python", practical default: statistics, reports and R packages, R.
#[test]
fn statistics_by_statisticians() {
    check(
        &[
            "parts=statistics",
            "draw=packages",
            "ecosystem=statistics",
            "arrival=batch",
            "start-often=seldom",
            "control=ours",
            "types=docs",
            "outside-data=validator",
            "parallelism=none",
            "shape=one-file",
            "team-stack=r",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=people",
            "writers=analysts",
        ],
        "Statistics",
        &["r"],
    );
}

/// "Choosing Python", practical default: native performance and memory control, Rust or C++.
#[test]
fn native_performance() {
    check(
        &[
            "parts=hot-path",
            "draw=neither",
            "arrival=long-running",
            "control=ours",
            "types=boundary",
            "outside-data=schema",
            "parallelism=threads",
            "sharing=read-only",
            "shape=service",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=measured",
            "bottleneck=cpu-spot,memory",
        ],
        "Hot path",
        &["rust", "cpp"],
    );
}
