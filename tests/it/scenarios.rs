//! What the articles recommend, told as full sheets of answers to the shipped questionnaire; must
//! not test how advice is computed.

use langfit::advice::{Advice, PartAdvice, recommend};
use langfit::answers::{Answer, Answers};
use langfit::questionnaire::{Condition, Kind, OptionSet, QuestionId, Questionnaire};

use super::support::{ids, session, shipped};

/// Checks what the kit chooses for the one part, given every answer that is asked for.
///
/// An answer that differs for a part has the part's name before it: `Pipeline: arrival=batch`.
#[track_caller]
fn check(assignments: &[&str], part: &str, expected: &[&str]) {
    check_all(assignments, &[(part, expected)]);
}

/// Checks what the kit chooses for every part, all parts named.
#[track_caller]
fn check_all(assignments: &[&str], expected: &[(&str, &[&str])]) {
    let questionnaire = shipped();
    let (own, general): (Vec<&str>, Vec<&str>) = assignments.iter().partition(|it| it.contains(": "));
    let mut session = session(&questionnaire, &general);
    for (part, assignment) in own.iter().filter_map(|assignment| assignment.split_once(": ")) {
        set_for_part(&questionnaire, &mut session.answers, part, assignment);
    }
    for question in questionnaire.question_ids() {
        let open = |part: &Option<usize>| {
            let asked = session.answers.sheet(&questionnaire, *part).is_visible(question);
            asked && session.answers.is_unanswered(&questionnaire, question, *part)
        };
        let question = &questionnaire[question];
        let left_open = question.kind != Kind::Text && session.answers.subjects().iter().any(open);
        assert!(!left_open, "`{}` is left open", question.id);
    }
    let advice = recommend(&questionnaire, &session.answers);
    let name = |part: &PartAdvice| part.part.map_or("", |part| &session.answers.parts[part].name).to_owned();
    let found: Vec<(String, Vec<&str>)> =
        advice.parts.iter().map(|part| (name(part), ids(&questionnaire, part.choice))).collect();
    let expected: Vec<(String, Vec<&str>)> =
        expected.iter().map(|(part, candidates)| ((*part).to_owned(), candidates.to_vec())).collect();
    assert_eq!(found, expected, "{}", rankings(&questionnaire, &advice));
}

fn set_for_part(questionnaire: &Questionnaire, answers: &mut Answers, part: &str, assignment: &str) {
    let alone = session(questionnaire, &[assignment]);
    let question = alone.at.expect("an assignment is about a question");
    assert!(questionnaire[question].each_part, "`{assignment}` cannot differ by part");
    let part = answers.parts.iter().position(|known| known.name == part).expect("the part was picked");
    answers.set(question, Some(part), alone.answers.given(question).answer.clone());
}

fn rankings(questionnaire: &Questionnaire, advice: &Advice) -> String {
    let row = |part: &PartAdvice| {
        let entries = part.ranking.iter().filter(|standing| !standing.ruled_out);
        let entries = entries.map(|it| format!("{} {}", questionnaire[it.candidate].id, it.score));
        entries.collect::<Vec<_>>().join(", ")
    };
    advice.parts.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// "Why Python Is Still My Default": if the work ends in a UI, TypeScript.
#[test]
fn default_article_work_that_ends_in_a_user_interface() {
    check(
        &[
            "parts=ui",
            "draw=packages",
            "ecosystem=npm-browser",
            "arrival=interactive",
            "start-often=seldom",
            "control=ours",
            "types=static",
            "outside-data=own-browser",
            "parallelism=none",
            "shape=browser",
            "team-stack=python",
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=front-end",
        ],
        "UI",
        &["typescript"],
    );
}

/// "Why Python Is Still My Default": if the work ends in a pipeline or a file, Python.
#[test]
fn default_article_work_that_ends_in_a_pipeline_or_a_notebook() {
    check_all(
        &[
            "parts=pipeline,notebook",
            "draw=packages",
            "ecosystem=data-ml",
            "arrival=batch",
            "start-often=seldom",
            "control=ours",
            "types=docs",
            "outside-data=validator",
            "parallelism=native-libs",
            "shape=one-file",
            "team-stack=typescript",
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=researchers",
        ],
        &[("Pipeline", &["python"]), ("Notebook", &["python"])],
    );
}

/// "Why Python Is Still My Default": 10,000 requests a second, Go or Rust; Go where calm is wanted.
#[test]
fn default_article_proxy_with_ten_thousand_requests_a_second() {
    check(
        &[
            "parts=network-front",
            "draw=neither",
            "arrival=request-response",
            "load=over-10k",
            "control=ours",
            "types=boundary",
            "outside-data=schema",
            "parallelism=threads",
            "sharing=nothing",
            "shape=service",
            "team-stack=python",
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=waiting",
            "writers=developers",
        ],
        "Network front",
        &["go"],
    );
}

/// "Why Python Is Still My Default": Rust of the two, where guarantees and even response times count.
#[test]
fn default_article_proxy_where_every_outlier_counts() {
    check(
        &[
            "parts=network-front",
            "draw=neither",
            "arrival=request-response",
            "load=over-10k",
            "control=ours",
            "types=invariants",
            "parallelism=threads",
            "sharing=changing",
            "shape=service",
            "team-stack=python",
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=pauses",
            "writers=developers",
        ],
        "Network front",
        &["rust"],
    );
}

/// "Why Python Is Still My Default": one TypeScript project in front, one Python service behind it.
#[test]
fn default_article_user_facing_layer_before_a_python_service() {
    check_all(
        &[
            "parts=ui,pipeline,inference",
            "draw=packages",
            "ecosystem=data-ml,npm-browser",
            "arrival=request-response",
            "load=under-100",
            "control=ours",
            "types=static",
            "outside-data=own-browser",
            "parallelism=native-libs",
            "shape=service",
            "serving=models-change",
            "team-stack=python,typescript",
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=developers",
        ],
        &[("UI", &["typescript"]), ("Pipeline", &["python"]), ("Inference", &["python"])],
    );
}

/// "Python vs Go", choose Python: scripting, data cleaning and ML by people who share readable code.
#[test]
fn versus_go_scripts_and_models_shared_with_analysts() {
    check_all(
        &[
            "parts=scripts,pipeline,training",
            "draw=packages",
            "ecosystem=data-ml",
            "arrival=batch",
            "start-often=seldom",
            "control=platform",
            "types=docs",
            "outside-data=validator",
            "parallelism=native-libs",
            "shape=service",
            "script-job=logic",
            "team-stack=go",
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=analysts,researchers,operations",
        ],
        &[("Scripts", &["python"]), ("Pipeline", &["python"]), ("Training", &["python"])],
    );
}

/// "Python vs Go", choose Python: a service close to data processing, heavy work left to libraries.
#[test]
fn versus_go_service_close_to_data_and_models() {
    check(
        &[
            "parts=api",
            "draw=packages",
            "ecosystem=data-ml",
            "arrival=request-response",
            "load=upto-10k",
            "control=ours",
            "types=docs",
            "outside-data=validator",
            "parallelism=native-libs",
            "shape=service",
            "api-center=data-code",
            "team-stack=python,go",
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=cpu-spot",
            "writers=developers,researchers",
        ],
        "API",
        &["python"],
    );
}

/// "Python vs Go", choose Go: a control plane in one executable, with few dependencies at run time.
#[test]
fn versus_go_agent_in_a_single_executable() {
    check(
        &[
            "parts=daemon-agent",
            "draw=packages",
            "ecosystem=infrastructure",
            "arrival=long-running",
            "control=users-bare",
            "types=compile",
            "parallelism=none",
            "shape=executable",
            "team-stack=python",
            "standard=-",
            "lifetime=years-many-teams",
            "bottleneck=none",
            "writers=operations",
        ],
        "Agent",
        &["go"],
    );
}

/// "Python vs Go", choose Go: work that mostly waits for the network and holds many connections.
#[test]
fn versus_go_service_that_waits_for_the_network() {
    check(
        &[
            "parts=api",
            "draw=language",
            "arrival=streaming",
            "load=upto-10k",
            "control=ours",
            "types=compile",
            "parallelism=threads",
            "sharing=nothing",
            "shape=service",
            "api-center=plumbing",
            "team-stack=python",
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=waiting",
            "writers=operations",
        ],
        "API",
        &["go"],
    );
}

/// "Python vs Go", interoperability: Python for data and scripts, Go for services and agents.
#[test]
fn versus_go_both_languages_with_a_boundary_between() {
    check_all(
        &[
            "parts=scripts,network-front,pipeline,training,daemon-agent",
            "draw=both",
            "ecosystem=data-ml,infrastructure",
            "arrival=batch",
            "start-often=seldom",
            "control=ours",
            "types=static",
            "outside-data=schema",
            "parallelism=native-libs",
            "shape=service",
            "script-job=logic",
            "team-stack=python,go",
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=developers,operations",
        ],
        &[
            ("Scripts", &["python"]),
            ("Network front", &["go"]),
            ("Pipeline", &["python"]),
            ("Training", &["python"]),
            ("Agent", &["go"]),
        ],
    );
}

/// "Choosing Python", prefer Python over shell: branches and several teams that maintain the script.
#[test]
fn guide_script_with_branches_and_many_maintainers() {
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
            "standard=-",
            "lifetime=years-many-teams",
            "bottleneck=none",
            "writers=developers,operations",
        ],
        "Scripts",
        &["python"],
    );
}

/// "Choosing Python", prefer shell: a short pipeline around existing commands.
#[test]
fn guide_script_that_only_joins_commands() {
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
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=operations",
        ],
        "Scripts",
        &["shell"],
    );
}

/// "Choosing Python", prefer JavaScript: the script lives in a Node project and drives its build.
#[test]
fn guide_script_inside_a_node_project() {
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
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=front-end",
        ],
        "Scripts",
        &["javascript"],
    );
}

/// "Choosing Python", prefer Go or Rust: one static binary that is started on every command.
#[test]
fn guide_tool_that_starts_on_every_command() {
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
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=developers",
        ],
        "Scripts",
        &["go"],
    );
}

/// "Choosing Python", practical default: command-line tools as a static binary, Go.
#[test]
fn guide_command_line_tool() {
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
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=developers",
        ],
        "CLI",
        &["go"],
    );
}

/// "Choosing Python", practical default: full-stack JavaScript and npm, TypeScript.
#[test]
fn guide_full_stack_on_npm() {
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
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=developers,front-end",
        ],
        &[("API", &["typescript"]), ("UI", &["typescript"])],
    );
}

/// "Choosing Python", JavaScript instead of TypeScript: a small service, dynamic on purpose.
#[test]
fn guide_small_dynamic_node_service() {
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
            "standard=-",
            "lifetime=prototype",
            "bottleneck=none",
            "writers=developers",
        ],
        "API",
        &["javascript"],
    );
}

/// "Choosing Python", practical default: statistics, reports and R packages, R.
#[test]
fn guide_statistics_by_statisticians() {
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
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=none",
            "writers=analysts",
        ],
        "Statistics",
        &["r"],
    );
}

/// "Choosing Python", practical default: native performance and memory control, Rust or C++.
#[test]
fn guide_native_performance() {
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
            "standard=-",
            "lifetime=years-one-team",
            "bottleneck=cpu-spot,memory",
            "writers=developers",
        ],
        "Hot path",
        &["rust", "cpp"],
    );
}

/// "Python - don't over use it": .NET and Java for the enterprise; which one, the team decides.
#[test]
fn overuse_enterprise_core() {
    let core = [
        "parts=enterprise-core",
        "draw=neither",
        "arrival=request-response",
        "load=upto-10k",
        "control=platform",
        "types=compile",
        "parallelism=threads",
        "sharing=changing",
        "shape=service",
        "standard=-",
        "lifetime=decades",
        "bottleneck=none",
        "writers=developers",
    ];
    check(&[&core[..], &["team-stack=python"]].concat(), "Enterprise core", &["java", "csharp"]);
    check(&[&core[..], &["team-stack=python,csharp"]].concat(), "Enterprise core", &["csharp"]);
}

/// "Python - don't over use it": Go for concurrent services with high throughput.
#[test]
fn overuse_concurrent_service() {
    check(
        &[
            "parts=api",
            "draw=neither",
            "arrival=request-response",
            "load=over-10k",
            "control=ours",
            "types=compile",
            "parallelism=threads",
            "sharing=nothing",
            "shape=service",
            "api-center=plumbing",
            "team-stack=python",
            "standard=-",
            "lifetime=years-many-teams",
            "bottleneck=cpu-all",
            "writers=developers",
        ],
        "API",
        &["go"],
    );
}

/// "Python - don't over use it": rapid web development by a new team, each of the three for its own
/// reason.
#[test]
fn overuse_rapid_web_development() {
    let web = [
        "parts=web-app",
        "draw=neither",
        "arrival=request-response",
        "load=under-100",
        "types=docs",
        "outside-data=validator",
        "parallelism=none",
        "shape=service",
        "team-stack=-",
        "standard=-",
        "lifetime=years-one-team",
        "bottleneck=none",
        "writers=developers",
    ];
    let check_web = |own: &[&str], expected| check(&[&web[..], own].concat(), "Web app", &[expected]);
    check_web(&["control=ours", "web-need=conventions"], "ruby");
    check_web(&["control=shared-hosting", "web-need=hosting"], "php");
    check_web(&["control=ours", "web-need=one-language"], "typescript");
}

/// "Python - don't over use it": data and models stay in Python, the core beside them does not.
#[test]
fn overuse_python_keeps_its_place_beside_the_core() {
    check_all(
        &[
            "parts=enterprise-core,pipeline,training",
            "draw=both",
            "ecosystem=data-ml,jvm",
            "arrival=request-response",
            "load=upto-10k",
            "control=ours",
            "types=compile",
            "parallelism=native-libs",
            "shape=service",
            "team-stack=python,java",
            "standard=-",
            "lifetime=years-many-teams",
            "bottleneck=none",
            "writers=developers",
            "Pipeline: arrival=batch",
            "Pipeline: start-often=seldom",
            "Training: arrival=batch",
            "Training: start-often=seldom",
            "Training: parallelism=accelerators",
            "Training: writers=developers,researchers",
        ],
        &[("Enterprise core", &["java"]), ("Pipeline", &["python"]), ("Training", &["python"])],
    );
}

/// Nothing is preferred before anything is said.
#[test]
fn a_blank_sheet_is_a_tie_of_all() {
    let questionnaire = shipped();
    let advice = recommend(&questionnaire, &Answers::new(&questionnaire));
    let [whole] = advice.parts.as_slice() else { panic!("one entry for the system as a whole") };
    assert_eq!(whole.part, None);
    assert_eq!(whole.leaders, questionnaire.all_candidates());
    assert_eq!(whole.choice, questionnaire.all_candidates());
    assert!(whole.ranking.iter().all(|standing| standing.fit == 0));
}

/// Every candidate leads alone on a sheet with one kind of part and at most one more answer, apart
/// from the answer that makes its question visible.
#[test]
fn every_candidate_can_lead() {
    let questionnaire = shipped();
    let mut missing = questionnaire.all_candidates();
    for answers in plain_sheets(&questionnaire) {
        let advice = recommend(&questionnaire, &answers);
        advice
            .parts
            .iter()
            .filter_map(|part| part.leaders.single())
            .for_each(|leader| missing.remove(leader));
        if missing.is_empty() {
            return;
        }
    }
    panic!("never leading: {:?}", ids(&questionnaire, missing));
}

fn plain_sheets(questionnaire: &Questionnaire) -> Vec<Answers> {
    let parts = questionnaire.parts_question.expect("the shipped questionnaire has parts");
    // Which languages the team runs or must use would let anyone lead.
    let told = |question: &QuestionId| *question != parts && !questionnaire[*question].of_candidates;
    let mut sheets = Vec::new();
    for kind in questionnaire[parts].all_options().iter() {
        let mut blank = Answers::new(questionnaire);
        blank.add_part(questionnaire, kind).expect("one part is not too many");
        sheets.push(blank.clone());
        for question in questionnaire.question_ids().filter(told) {
            let mut answers = blank.clone();
            let when = questionnaire[question].when.as_ref().map(Condition::literals).unwrap_or_default();
            if let Some(literal) = when.iter().find(|literal| told(&literal.question)) {
                answers.set(literal.question, None, Answer::Chosen(literal.options));
            }
            for option in questionnaire[question].all_options().iter() {
                answers.set(question, None, Answer::Chosen(OptionSet::only(option)));
                sheets.push(answers.clone());
            }
        }
    }
    sheets
}
