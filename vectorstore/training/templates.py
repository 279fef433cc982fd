"""Everyday sentences around the name of an indicator. Those of validation are never trained on."""

TRAINING_ZH = (
    "{name}", "{name}是多少", "{name}有多少{unit}", "2017年{name}是多少", "某局2020年{name}多少{unit}？", "请问{name}的数量", "今年{name}几{unit}",
    "查一下{name}", "{name}增长了多少", "哪个单位{name}最多", "{name}为零吗", "这些年{name}的变化",
)  # fmt: skip
VALIDATION_ZH = ("想知道{name}一共多少", "{name}情况如何", "统计{name}的数据", "{name}比上一年多了几{unit}")
TRAINING_EN = (
    "{name}", "how many {name}", "how many {name} were there in 2017", "number of {name}", "what was the {name} in 2020",
    "total {name}", "did {name} increase", "which bureau had the most {name}", "{name} trend",
)  # fmt: skip
VALIDATION_EN = (
    "please give me the figure for {name}", "compare {name} with the previous year", "what is the count of {name}?",
)  # fmt: skip
