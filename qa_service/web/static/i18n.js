// The words of the interface, and which language they are shown in.

const WORDS = {
  zh: {
    skip: "跳到提问框",
    skip_report: "跳到正文",
    nav: "导航",
    ask_link: "提问",
    corpus_link: "年报",
    commitments_link: "承诺",
    indicators_link: "指标",
    upload_link: "上传",
    large_type: "大字",
    headline: "政府信息公开年报，一问即查",
    promise: "每个数字都查自年报原表原文，并标明出处；空白就说空白，查不到就说查不到。",
    thread: "问答",
    question_label: "您的问题",
    question_hint: "想查哪个数字？",
    ask: "提问",
    asking: "正在查……",
    method: "本回答由查表与检索生成，未使用大模型",
    examples: "可以这样问",
    example: "{agency}{year}年收到多少件政府信息公开申请？",
    corpus: "年报目录",
    corpus_empty: "还没有年报。用 wenbao ingest 读入文件后，这里会列出。",
    loading: "正在读取……",
    more: "显示更多",
    openapi: "接口说明（OpenAPI）",
    all_figures: "全部数字（CSV）",
    prevails: "数字以发布机关的原文件为准。",
    as_read: "本页显示的是从原文件读出的内容；以发布机关的原文件为准。",
    you_asked: "您问",
    answer: "回答",
    choices: "请选择",
    suggestions: "还可以问",
    sources: "出处",
    source_n: "出处 {id}：{title}",
    open_source: "查看出处 {id}",
    close: "收起",
    open_report: "打开整份年报",
    conflicts: "年报内部不一致",
    formula: "算式",
    operands: "用到的数字",
    blank: "空白（未填）",
    not_applicable: "“/”（不适用）",
    not_in_form: "当年表式无此项",
    unreadable: "无法辨认",
    exact: "",
    more_than: "超过",
    about: "约",
    less_than: "不足",
    from_table: "查自表格",
    from_text: "查自正文",
    derived: "由引用的数字算出",
    ocr: "由图片识别",
    row: "行",
    column: "列",
    section: "章节",
    position: "位置",
    line: "第 {n} 行",
    page: "第 {n} 页",
    printed: "原文",
    printed_blank: "（空白）",
    table: "表格",
    table_n: "表 {id}",
    scroll_table: "可滚动的表格",
    cited_cell: "引用的单元格",
    quote_missing: "原文中没有找到这句引文，以下为引文本身。",
    offline: "连不上服务。请检查网络，再试一次。",
    cut_off: "连接在回答途中断开，上面的内容不完整，请勿引用。",
    retry_after: "请在 {seconds} 秒后再试。",
    failed: "没有成功：{detail}",
    retry: "重试",
    natural_person: "自然人",
    business: "商业企业",
    research: "科研机构",
    charity: "社会公益组织",
    legal_service: "法律服务机构",
    other_org: "其他",
    total: "总计",
    agency: "机关",
    year: "年份",
    indicator: "指标",
    form: "表式",
    figures: "数字",
    problems: "提示",
    report: "年报",
    edition_A: "2014–2018",
    edition_B: "2019–2020",
    edition_C: "2021–",
    edition_none: "无统计表",
    file: "文件",
    superseded: "这是旧版本，已不用于回答。",
    checks: "勾稽关系",
    checks_fine: "可核对的勾稽关系全部成立。",
    checks_none: "没有可核对的勾稽关系。",
    checks_failed: "{count} 条勾稽关系不成立：",
    check_line: "{rule}：{left} ≠ {right}",
    no_problems: "读取时没有发现问题。",
    tables: "表格",
    text: "正文",
    revisions: "历次版本",
  },
  en: {
    skip: "Skip to the question",
    skip_report: "Skip to the report",
    nav: "Navigation",
    ask_link: "Ask",
    corpus_link: "Reports",
    commitments_link: "Commitments",
    indicators_link: "Indicators",
    upload_link: "Upload",
    large_type: "Large type",
    headline: "Ask the disclosure reports",
    promise: "Every figure is looked up in the reports and shown with its place. A blank is said to be blank; what is not there is said not to be there.",
    thread: "Questions and answers",
    question_label: "Your question",
    question_hint: "Which figure?",
    ask: "Ask",
    asking: "Looking it up…",
    method: "Answered by looking up tables and text; no language model was used",
    examples: "You can ask",
    example: "How many information requests did {agency} receive in {year}?",
    corpus: "Reports",
    corpus_empty: "There are no reports yet. Read some in with wenbao ingest and they are listed here.",
    loading: "Loading…",
    more: "Show more",
    openapi: "Interface description (OpenAPI)",
    all_figures: "All figures (CSV)",
    prevails: "The issuing body's own file prevails.",
    as_read: "This page shows what was read from the file; the issuing body's own file prevails.",
    you_asked: "You asked",
    answer: "Answer",
    choices: "Please choose",
    suggestions: "You can also ask",
    sources: "Sources",
    source_n: "Source {id}: {title}",
    open_source: "Show source {id}",
    close: "Close",
    open_report: "Open the whole report",
    conflicts: "The report disagrees with itself",
    formula: "Formula",
    operands: "Figures used",
    blank: "left blank",
    not_applicable: "“/” (not applicable)",
    not_in_form: "not asked for in that year's form",
    unreadable: "unreadable",
    exact: "",
    more_than: "more than",
    about: "about",
    less_than: "less than",
    from_table: "from a table",
    from_text: "from the text",
    derived: "computed from the cited figures",
    ocr: "recognised from a picture",
    row: "Row",
    column: "Column",
    section: "Section",
    position: "Position",
    line: "line {n}",
    page: "page {n}",
    printed: "As printed",
    printed_blank: "(blank)",
    table: "Table",
    table_n: "Table {id}",
    scroll_table: "Scrollable table",
    cited_cell: "cited cell",
    quote_missing: "The quotation was not found in the text; this is the quotation itself.",
    offline: "The service cannot be reached. Check the connection and try again.",
    cut_off: "The connection broke in the middle of the answer; what stands above is incomplete and not to be quoted.",
    retry_after: "Try again in {seconds} seconds.",
    failed: "That did not work: {detail}",
    retry: "Try again",
    natural_person: "natural persons",
    business: "commercial enterprises",
    research: "research institutions",
    charity: "public-benefit organisations",
    legal_service: "legal service organisations",
    other_org: "other organisations",
    total: "total",
    agency: "Body",
    year: "Year",
    indicator: "Indicator",
    form: "Form",
    figures: "Figures",
    problems: "Remarks",
    report: "Report",
    edition_A: "2014–2018",
    edition_B: "2019–2020",
    edition_C: "2021–",
    edition_none: "no table",
    file: "File",
    superseded: "This is an old revision; it is no longer answered from.",
    checks: "Checks",
    checks_fine: "Every identity of the form that can be checked holds.",
    checks_none: "There is no identity of the form to check.",
    checks_failed: "Identities that fail: {count}",
    check_line: "{rule}: {left} ≠ {right}",
    no_problems: "Nothing was found wrong while reading.",
    tables: "Tables",
    text: "Text",
    revisions: "Revisions",
  },
};

const STORED = "wenbao.language";

let current = firstLanguage();

function firstLanguage() {
  const stored = readStored();
  if (stored in WORDS) return stored;
  return (navigator.languages ?? [navigator.language]).some((tag) => tag?.toLowerCase().startsWith("zh")) ? "zh" : "en";
}

function readStored() {
  try {
    return localStorage.getItem(STORED) ?? "";
  } catch {
    return ""; // storage may be switched off
  }
}

/** The interface language: "zh" or "en". */
export function language() {
  return current;
}

/** The words for a key, with {name} replaced; an unknown key is shown as it is. */
export function t(key, values = {}) {
  const words = WORDS[current][key] ?? key;
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The words for a key, or null where there are none. */
export function findWords(key) {
  return WORDS[current][key] ?? null;
}

/** Adds the words of a page: {zh: {key: words}, en: {…}}. A page with words of its own calls it before it shows any. */
export function addWords(words) {
  for (const language of Object.keys(WORDS)) Object.assign(WORDS[language], words[language]);
}

/** What the button that switches the language says, and the language of that. */
export function switchLabel() {
  return current === "zh" ? ["English", "en"] : ["中文", "zh-CN"];
}

/** Switches to the other language and remembers it. */
export function switchLanguage() {
  current = current === "zh" ? "en" : "zh";
  try {
    localStorage.setItem(STORED, current);
  } catch {
    // Then it holds for this page only.
  }
}

/** Puts the words into everything below root that names a key; a key without words leaves what stands there. */
export function translate(root = document) {
  document.documentElement.lang = current === "zh" ? "zh-CN" : "en";
  for (const node of root.querySelectorAll("[data-i18n]")) node.textContent = findWords(node.dataset.i18n) ?? node.textContent;
  for (const node of root.querySelectorAll("[data-i18n-label]")) node.setAttribute("aria-label", t(node.dataset.i18nLabel));
  for (const node of root.querySelectorAll("[data-i18n-placeholder]")) node.placeholder = t(node.dataset.i18nPlaceholder);
}
