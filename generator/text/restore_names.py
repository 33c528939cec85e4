r"""Names of TeX commands, and words out of which they can be told when their backslashes are gone.

``x\in`` becomes ``xin``, ``\cdots\times`` ``cdotstimes``: a backslash ends the word before it, and without it words
run together. After a command no letter can stand, so a glued word is letters, then commands; letters that follow a
command stood in braces of a font, ``\subset\mathbb{R}``, of which only the letter is left.

Sources: *The TeXbook*, appendix F; *User's Guide for the amsmath Package*; the order of kinds is ours.
"""

from __future__ import annotations

from functools import lru_cache


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _table(**kinds: str) -> dict[str, str]:
    return {name: kind for kind, names in kinds.items() for name in names.split()}


#: What a command is, by its name.
COMMANDS = _table(
    greek="alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi "
    "varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega ell Gamma Delta Theta Lambda Xi Pi Sigma "
    "Upsilon Phi Psi Omega varGamma varDelta varTheta varLambda varXi varPi varSigma varPhi varPsi varOmega",
    relation="leq geq le ge ne neq leqslant geqslant lesssim gtrsim ll gg in notin ni subset subseteq supset supseteq "
    "subsetneq subsetneqq sqsubseteq nsubseteq to rightarrow Rightarrow longrightarrow Longrightarrow leftarrow "
    "Leftarrow leftrightarrow Leftrightarrow longleftrightarrow Longleftrightarrow longmapsto mapsto hookrightarrow "
    "twoheadrightarrow rightsquigarrow rightharpoonup rightleftharpoons leadsto implies iff uparrow downarrow "
    "updownarrow nearrow searrow sim simeq approx equiv cong propto asymp prec succ preceq succeq perp mid nmid "
    "parallel models vdash vDash Vdash doteq triangleq coloneqq colon trianglelefteq gets approxeq lessgtr "
    "preccurlyeq succcurlyeq lessapprox gtrapprox leqq geqq lneq gneq subseteqq supsetneq nsubset sqsubset "
    "sqsupseteq rightleftarrows leftrightarrows coloneq eqqcolon dashv bowtie upharpoonright",
    binary="times cdot pm mp cup cap setminus oplus otimes ominus odot wedge vee land lor circ ast star div bullet "
    "uplus sqcup sqcap ltimes rtimes wr amalg diamond bmod pmod mod smallsetminus boxtimes boxplus "
    "boxdot oslash dotplus circledast curlywedge curlyvee bigcirc",
    sum="sum prod int iint oint coprod bigcup bigcap bigoplus bigotimes bigvee bigwedge bigsqcup biguplus",
    function="log ln lg exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan max min sup inf lim limsup "
    "liminf arg det dim deg gcd ker hom Pr",
    sign="infty nabla partial hbar aleph emptyset varnothing forall exists nexists neg lnot not top bot prime "
    "dagger ddagger ldots cdots dots dotsc dotsb vdots ddots angle triangle square Box sharp flat natural wp "
    "imath jmath complement blacksquare checkmark triangledown",
    open="langle lfloor lceil lvert lVert lbrace lbrack",
    close="rangle rfloor rceil rvert rVert rbrace rbrack",
    bar="vert Vert",
    size="left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle",
    font="mathcal mathbb mathrm mathbf mathfrak mathscr mathsf mathtt mathit mathds boldsymbol bm Bbb operatorname "
    "pmb textrm textbf textsc textsf texttt textit mathop mbox textup textnormal",
    switch="rm bf cal it tt sf frak scriptstyle displaystyle textstyle",
    accent="tilde hat bar vec dot ddot check breve acute grave widetilde widehat overline underline overrightarrow "
    "overleftarrow",
    fraction="frac dfrac tfrac cfrac binom dbinom tbinom",
    root="sqrt",
    infix="choose over atop",
    space="quad qquad limits nolimits",
)

#: Commands whose names are English words, or parts of words and names: by themselves they say nothing.
SOFT = _names(
    "in to times partial top bot subset exists big star bar hat tilde dot check left right over choose cap cup mid "
    "min max log exp sup inf lim det dim deg sum int prod wedge vee neg not perp prime circ bullet land lor ast models "
    "pm mp div ll gg le ge ne ni arg ker hom sin cos tan cot sec csc it tt sf rm bf cal sim sharp flat natural "
    "square triangle angle middle mod implies iff gets prec succ parallel limits diamond complement acute grave "
    "breve vec dagger asymp lg ln gcd cosh sinh tanh colon dots frak Big Pr leadsto bm Box ell hbar wp oint "
    "mu nu xi pi eta chi phi psi rho tau iota zeta beta theta quad Bbb pmb checkmark approx equiv wr Pi Xi Phi Psi"
)
#: Names of functions that TeX has no command for; in damaged text their font is gone.
IDENTIFIERS = _names(
    "poly polylog rank diag tr trace span conv supp vol sign sgn argmin argmax eps OPT Var Cov KL ReLU softmax "
    "Re Im Tr SO SU GL SL PSL Sp dist diam dx dt dy lcm card negl erf prob Prob sinc"
)
#: Functions whose argument may stand behind a space: "max n" is prose.
SPOKEN = frozenset({"log", "ln", "lg", "exp", "sin", "cos", "tan", "det", "dim", "gcd", "deg"})
#: Words of two letters that stand for no product.
SHORT_WORDS = _names(
    "of is on or if by we at as an be no so it do in to up us vs my he me go id et al ie eg nd st rd th am pm ms mm cm "
    "km kg mg hz gb mb tb kb ai ml rl cv np"
)
#: Letters that a blackboard is for.
BLACKBOARD = frozenset("RZNCQEPF")
#: Words of prose that can be read as letters and soft commands, in small letters.
WORDS = _names(
    "able admin age akin alg alge all allele allover alpine amid amp ample analog and ani anne apical arge argmax "
    "argmin arm armin asl astar att auto avec avni axle baker ball basin battle bbig bcast begets bell bene beta "
    "bett bill bin bit bitfit bivec bland blast ble blog bone bore bott bottle bright buchi buit bull bulletin "
    "bump cage call camp can cane cannot care cast castell castle catoni cell chat chatbot checksum chin chine "
    "chit cinc circle cker cle cleft clg cliff coast cobot coexists coin cole colimits color comp cone conical "
    "coprime coprover core cost cover cre crit critcal csl cull dale damp degrave deit dekker delimit dell delog "
    "deta diff digg dill disc discover disl ditto dmax done donini drell drex dump dune dwell east edge edit egg "
    "ein einh einsum ele elle emit emu ene enge eosin epi erm etale etoh etters exit faint fall farm fast feast "
    "feit fell file fill fin fine finland firm fit fitdiff flexi flexpoint flint flit focal fomin form fringe "
    "full gain gait gale gall galor garg gbit gdiff gell gene germ gill gin gini git gmu gone grast grover hall "
    "harm hell hile hill hilog hinge hint hit hle hole hominin hoover host hover huge hull hump huxi hyland ical "
    "idle ill immune imp impartial imple ine init inland intell into inu irescu island ito jain jin jisc join "
    "joint jone juggle jump june kaggle kale kcal kill kit klein knit knot kover lain lamp lample landiff lane "
    "last latan least lett lexical leximin limit lin line linker lit little local login logins logit lomax lone "
    "lonestar machi machine mage mahattan main maker male mall mangle margin mastin matt maximin maxmin mbit melg "
    "mellin menu meta metamodels mile min mincal mind mine mini minimax minmax mint misfit mit mln mmstar mocap "
    "mole mone more moto mott mover muggle muscle nell neta nine none norm npm null ole omit omni one onto opine "
    "opto ords orin orm otto outo overland page pain paint panini past patt pcap pell perm permit peta phil pile "
    "pill pin pine pitt ple poeta poin point poker poland pole print prover psc pull pump pypi quit rain ramp "
    "rascle reangle rebot recap rein res resin retain rint robot roland role roll rollover roto rover rsl ruin "
    "rule rulelog sage saint sale sample sato scargle selene sell settle shell simple simu sine singe sink sit "
    "skin slim sll smell smit snell soit sole spell spi spiker spill spillover spin spine stan stiff sto stone "
    "stop storm submit suit swin szell tain taint tait taker tale tall tangle tank taxi tele tell temp term that "
    "thin thinker thom tile till tin tinker tit titan title tmax toge toll tone topical tune twin twit tyne "
    "typical une unell uni unif unig unit unnatural unsharp upto urge vain valor vast vein veto vgg vine vit "
    "vocal wage waggle wait wall warm watt well weta what whom will wimax win wisc wit within witt worm wright "
    "wsl xample xcos xie xinxi yeast yule zane ziff zimin zin zone zosin "
)
#: A glued word may be of as many letters; what is longer is none, and is not tried.
LONGEST = 40
#: As many letters may stand before the first command of a word, products of variables; and what so many cost.
_BEFORE, _LETTERS = 3, (0, 2, 5, 9)
#: What a word may be glued of: prose has words that end as the others do.
_GLUED = {
    name
    for name, kind in COMMANDS.items()
    if kind not in ("switch", "accent", "infix")
    and name
    not in (
        "not",
        "natural",
        "flat",
        "sharp",
        "square",
        "angle",
        "triangle",
        "models",
        "checkmark",
        "oint",
        "Box",
    )
}
_LONGEST_NAME = max(map(len, _GLUED))


@lru_cache(maxsize=4096)
def split(word: str) -> tuple[str, ...]:
    """The letters and commands that a word without white space is glued of, in order; empty if it is no such word.

    >>> split("Oleft"), split("nleqinfty"), split("subseteqR"), split("sigmoid"), split("within")
    (('O', 'left'), ('n', 'leq', 'infty'), ('subseteq', 'R'), (), ())
    """
    if not 2 < len(word) <= LONGEST or word.lower() in WORDS:
        return ()
    best: dict[int, tuple[int, tuple[str, ...]]] = {
        before: (_LETTERS[before], tuple(word[:before])) for before in range(min(_BEFORE, len(word) - 2) + 1)
    }
    read: dict[int, tuple[int, tuple[str, ...]]] = {}
    for start in range(len(word)):
        for price, pieces in [found for found in (best.get(start), read.get(start)) if found]:
            for end in range(start + 2, min(len(word), start + _LONGEST_NAME) + 1):
                name = word[start:end]
                if name not in _GLUED:
                    continue
                _keep(read, end, (price + _price(name), (*pieces, name)))
                if _may_hold(name, word[end : end + 1]):
                    _keep(read, end + 1, (price + _price(name) + 4, (*pieces, name, word[end])))
    found = read.get(len(word))
    return found[1] if found else ()


def _may_hold(name: str, letter: str) -> bool:
    r"""Whether a letter behind a command may be what is left of a group: ``\in\mathbb{R}``, ``\lfloor\frac{n}{2}``."""
    kind = COMMANDS[name]
    return letter.isalpha() if kind == "open" else kind in ("relation", "binary") and letter.isupper()


def _keep(read: dict[int, tuple[int, tuple[str, ...]]], end: int, found: tuple[int, tuple[str, ...]]) -> None:
    if end not in read or found < read[end]:
        read[end] = found


def _price(name: str) -> int:
    """Long names are likelier than short ones."""
    return 3 if name not in SOFT else 4
