import type { Listing } from "../../src/corpus/paper.ts";

/** A paper as a source gives it, and what people paste to have it. */
interface Pasted {
  readonly paper: Pick<Listing, "doi" | "urls"> & { readonly arxivId?: string };
  readonly forms: readonly string[];
  /** Too short to be looked for inside other words: such may be anything. */
  readonly alone?: readonly string[];
}

const lines = (text: string): string[] => text.split("\n");

/** Papers under their titles. */
export const pasted: Readonly<Record<string, Pasted>> = {
  "Modern number": {
    paper: { arxivId: "1706.03762" },
    forms: lines(`1706.03762
1706.03762v5
arXiv:1706.03762
arxiv: 1706.03762v7
ArXiv 1706.03762
arXiv.org:1706.03762
arXiv:1706.03762v5 [cs.CL] 2 Aug 2023
arXiv preprint arXiv:1706.03762
arXiv preprint arXiv:1706.03762 (2017)
https://arxiv.org/abs/1706.03762
http://arxiv.org/abs/1706.03762v1
arxiv.org/abs/1706.03762
https://www.arxiv.org/pdf/1706.03762v2.pdf
https://arxiv.org/pdf/1706.03762.pdf#page=3
https://arxiv.org/html/1706.03762v7/
https://arxiv.org/abs/1706.03762?context=cs
https://export.arxiv.org/abs/1706.03762
https://arxiv.org/abs/1706.03762.
<https://arxiv.org/abs/1706.03762|Attention>
[Attention](https://arxiv.org/abs/1706.03762)
https://doi.org/10.48550/arXiv.1706.03762
10.48550/ARXIV.1706.03762
doi:10.48550/arXiv.1706.03762v5
https://huggingface.co/papers/1706.03762
hf.co/papers/1706.03762
https://huggingface.co/papers/1706.03762#community
https://www.alphaxiv.org/abs/1706.03762v7
https://alphaxiv.org/overview/1706.03762
https://www.alphaxiv.org/zh/overview/1706.03762
https://ar5iv.labs.arxiv.org/html/1706.03762
https://ar5iv.org/abs/1706.03762
https://api.semanticscholar.org/arXiv:1706.03762
https://scholar.archive.org/work/https://arxiv.org/abs/1706.03762
https://web.archive.org/web/2020/https://arxiv.org/abs/1706.03762
https://www.google.com/url?q=https://arxiv.org/abs/1706.03762&sa=D
https://dblp.org/rec/journals/corr/abs-1706-03762.html
https://ui.adsabs.harvard.edu/abs/arXiv:1706.03762
https://ui.adsabs.harvard.edu/abs/2017arXiv170603762V/abstract
https://www.connectedpapers.com/main/arxiv:1706.03762
https://inspirehep.net/api/arxiv/1706.03762
oai:arXiv.org:1706.03762
https://arxiv.org/ftp/arxiv/papers/1706/1706.03762.pdf
https://deeplearn.org/arxiv/1706.03762
https://arxiv.org/bibtex/1706.03762
https://arxiv.org/abs/arXiv:1706.03762
1706.03762 [cs.CL]
“1706.03762”
(arXiv:1706.03762).
https://arxiv.org/abs/1706.03762)
arXiv：1706.03762`),
  },
  "Old number": {
    paper: { arxivId: "hep-th/9901001" },
    forms: lines(`hep-th/9901001
arXiv:hep-th/9901001v3
https://arxiv.org/abs/hep-th/9901001
https://arxiv.org/pdf/hep-th/9901001v1.pdf
arxiv.org/pdf/hep-th/9901001
10.48550/arXiv.hep-th/9901001
https://doi.org/10.48550/arxiv.hep-th/9901001
hep-th/9901001 [hep-th]
https://inspirehep.net/api/arxiv/hep-th/9901001`),
    alone: ["9901001"],
  },
  "Old number with a class": {
    paper: { arxivId: "math/0305100" },
    forms: lines(`math.GT/0305100
math/0305100v2
arXiv:math.GT/0305100
https://arxiv.org/abs/math.GT/0305100`),
    alone: ["0305100", "0305100v2"],
  },
  "Number of four digits": { paper: { arxivId: "0704.0001" }, forms: ["0704.0001", "arXiv:0704.0001v1"] },
  Publisher: {
    paper: { doi: "10.1145/3442188.3445922" },
    forms: [
      "10.1145/3442188.3445922",
      "doi:10.1145/3442188.3445922",
      "DOI 10.1145/3442188.3445922",
      "DOI: https://doi.org/10.1145/3442188.3445922",
      "https://doi.org/10.1145/3442188.3445922.",
      "(https://doi.org/10.1145/3442188.3445922)",
      "doi.org/10.1145/3442188.3445922",
      "dx.doi.org/10.1145/3442188.3445922",
      "https://dl.acm.org/doi/10.1145/3442188.3445922",
      "https://dl.acm.org/doi/pdf/10.1145/3442188.3445922",
      "https://dl.acm.org/doi/fullHtml/10.1145/3442188.3445922",
      "https://dl.acm.org/doi/abs/10.1145/3442188.3445922?casa_token=x",
      "https://dl.acm.org/citation.cfm?doid=3442188.3445922",
      "https://doi.acm.org/10.1145/3442188.3445922",
      "info:doi/10.1145/3442188.3445922",
      "urn:doi:10.1145/3442188.3445922",
      "10.1145/3442188.3445922]",
      '"10.1145/3442188.3445922"',
      "https://sci-hub.se/10.1145/3442188.3445922",
      "https://api.crossref.org/works/10.1145/3442188.3445922",
      "https://api.crossref.org/works/10.1145%2F3442188.3445922",
      "https://www.semanticscholar.org/doi/10.1145/3442188.3445922",
      "https://api.openalex.org/works/doi:10.1145/3442188.3445922",
      "https://unpaywall.org/10.1145/3442188.3445922",
    ],
  },
  Sici: {
    paper: { doi: "10.1002/(sici)1097-4571(199006)41:4<391::aid-asi1>3.0.co;2-9" },
    forms: lines(`10.1002/(SICI)1097-4571(199006)41:4<391::AID-ASI1>3.0.CO;2-9
doi:10.1002/(SICI)1097-4571(199006)41:4<391::AID-ASI1>3.0.CO;2-9
https://doi.org/10.1002/(SICI)1097-4571(199006)41:4%3C391::AID-ASI1%3E3.0.CO;2-9
https://onlinelibrary.wiley.com/doi/10.1002/(SICI)1097-4571(199006)41:4%3C391::AID-ASI1%3E3.0.CO;2-9
https://onlinelibrary.wiley.com/doi/abs/10.1002/%28SICI%291097-4571%28199006%2941%3A4%3C391%3A%3AAID-ASI1%3E3.0.CO%3B2-9`),
  },
  Brackets: {
    paper: { doi: "10.1016/s0140-6736(20)30183-5" },
    forms: [
      "10.1016/S0140-6736(20)30183-5",
      "(doi:10.1016/S0140-6736(20)30183-5)",
      "https://doi.org/10.1016/S0140-6736(20)30183-5,",
    ],
  },
  Anthology: {
    paper: { doi: "10.18653/v1/2020.acl-main.740" },
    forms: lines(`https://aclanthology.org/2020.acl-main.740
https://aclanthology.org/2020.acl-main.740/
https://aclanthology.org/2020.acl-main.740.pdf
https://www.aclweb.org/anthology/2020.acl-main.740v1.pdf
2020.acl-main.740
acl:2020.acl-main.740
10.18653/v1/2020.acl-main.740
https://doi.org/10.18653/v1/2020.acl-main.740
https://aclanthology.org/2020.acl-main.740.bib
https://aclanthology.org/anthology-files/pdf/acl/2020.acl-main.740.pdf
ACL:2020.acl-main.740`),
  },
  "Old anthology": {
    paper: { urls: ["https://aclanthology.org/P19-1001"] },
    forms: lines(`https://www.aclweb.org/anthology/P19-1001/
https://aclanthology.info/papers/P19-1001/p19-1001
http://aclweb.org/anthology/P/P19/P19-1001.pdf
10.18653/v1/P19-1001`),
    alone: ["P19-1001"],
  },
  Review: {
    paper: { urls: ["https://openreview.net/forum?id=HJxYzAb_0-1"] },
    forms: lines(`https://openreview.net/forum?id=HJxYzAb_0-1
https://openreview.net/pdf?id=HJxYzAb_0-1
openreview.net/forum?id=HJxYzAb_0-1
https://openreview.net/forum?id=HJxYzAb_0-1&noteId=abc
https://openreview.net/forum?noteId=abc&id=HJxYzAb_0-1
https://openreview.net/attachment?id=HJxYzAb_0-1&name=supplementary_material
https://openreview.net/forum?id=HJxYzAb_0-1&referrer=%5Bthe%20profile%5D
openreview:HJxYzAb_0-1
https://openreview.net/references/pdf?id=HJxYzAb_0-1`),
  },
  Medicine: {
    paper: { urls: ["https://pubmed.ncbi.nlm.nih.gov/31978945/"] },
    forms: lines(`https://pubmed.ncbi.nlm.nih.gov/31978945
https://pubmed.ncbi.nlm.nih.gov/31978945/?dopt=Abstract
https://www.ncbi.nlm.nih.gov/pubmed/31978945
pmid:31978945
PMID: 31978945
PMID 31978945
https://europepmc.org/article/MED/31978945
https://europepmc.org/abstract/med/31978945`),
  },
  "Free medicine": {
    paper: { urls: ["https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7092803/"] },
    forms: lines(`PMC7092803
https://pmc.ncbi.nlm.nih.gov/articles/PMC7092803/
https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7092803/pdf/main.pdf
https://europepmc.org/article/PMC/PMC7092803`),
  },
  Scholar: {
    paper: { urls: ["https://www.semanticscholar.org/paper/204e3073870fae3d05bcbc2f6a8e263d9b72e776"] },
    forms:
      lines(`https://www.semanticscholar.org/paper/Attention-Vaswani/204e3073870fae3d05bcbc2f6a8e263d9b72e776
https://www.semanticscholar.org/paper/204e3073870fae3d05bcbc2f6a8e263d9b72e776
https://api.semanticscholar.org/graph/v1/paper/204e3073870fae3d05bcbc2f6a8e263d9b72e776
https://semanticscholar.org/paper/204e3073870fae3d05bcbc2f6a8e263d9b72e776#citing-papers
s2:204e3073870fae3d05bcbc2f6a8e263d9b72e776
https://www.semanticscholar.org/reader/204e3073870fae3d05bcbc2f6a8e263d9b72e776
https://pdfs.semanticscholar.org/204e/3073870fae3d05bcbc2f6a8e263d9b72e776.pdf`),
    alone: ["204e3073870fae3d05bcbc2f6a8e263d9b72e776"],
  },
  "Scholar by number": {
    paper: { urls: ["https://api.semanticscholar.org/CorpusID:13756489"] },
    forms: lines(`CorpusID:13756489
s2:CorpusId:13756489
https://www.semanticscholar.org/paper/CorpusID:13756489
CorpusID: 13756489`),
  },
  "Open catalogue": {
    paper: { urls: ["https://openalex.org/W2741809807"] },
    forms: lines(`openalex:W2741809807
https://openalex.org/W2741809807
https://openalex.org/works/W2741809807
https://api.openalex.org/works/W2741809807
openalex.org/W2741809807
https://explore.openalex.org/works/W2741809807`),
    alone: ["W2741809807"],
  },
  "Journal with short addresses": {
    paper: { doi: "10.1038/s41586-021-03819-2" },
    forms: [
      "https://www.nature.com/articles/s41586-021-03819-2",
      "https://www.nature.com/articles/s41586-021-03819-2.pdf",
      "https://www.nature.com/articles/s41586-021-03819-2#Sec1",
    ],
  },
  "Preprint of biology": {
    paper: { doi: "10.1101/2020.01.01.123456" },
    forms: lines(`https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2
https://www.biorxiv.org/content/10.1101/2020.01.01.123456v1.full.pdf+html
https://www.biorxiv.org/content/biorxiv/early/2020/01/01/2020.01.01.123456.full.pdf
https://doi.org/10.1101/2020.01.01.123456`),
  },
  Repository: {
    paper: { doi: "10.5281/zenodo.3509134" },
    forms: lines(`https://zenodo.org/records/3509134
https://zenodo.org/record/3509134#.XYZ
https://zenodo.org/doi/10.5281/zenodo.3509134
https://doi.org/10.5281/zenodo.3509134
https://zenodo.org/badge/latestdoi/x/10.5281/zenodo.3509134`),
  },
  Academy: {
    paper: { doi: "10.1073/pnas.1611835114" },
    forms: [
      "https://www.pnas.org/doi/full/10.1073/pnas.1611835114",
      "https://www.pnas.org/doi/10.1073/pnas.1611835114",
      "https://doi.org/10.1073/pnas.1611835114&quot;",
    ],
  },
  Conference: {
    paper: { doi: "10.1109/cvpr.2016.90" },
    forms: ["10.1109/CVPR.2016.90", "https://doi.org/10.1109/CVPR.2016.90"],
  },
  Chapter: {
    paper: { doi: "10.1007/978-3-319-24574-4_28" },
    forms: [
      "https://link.springer.com/chapter/10.1007/978-3-319-24574-4_28",
      "https://link.springer.com/content/pdf/10.1007%2F978-3-319-24574-4_28.pdf",
    ],
  },
  "Address with more": {
    paper: { doi: "10.1162/tacl_a_00349" },
    forms: [
      "https://direct.mit.edu/tacl/article/doi/10.1162/tacl_a_00349/96482/A-Primer",
      "https://direct.mit.edu/tacl/article-pdf/doi/10.1162/tacl_a_00349/1923281/tacl_a_00349.pdf",
    ],
  },
  Proceedings: {
    paper: { urls: ["https://papers.nips.cc/paper/7181-attention-is-all-you-need"] },
    forms: [
      "https://papers.nips.cc/paper/7181-attention-is-all-you-need",
      "http://papers.nips.cc/paper/7181-attention-is-all-you-need.pdf",
      "papers.nips.cc/paper/7181-attention-is-all-you-need",
    ],
  },
  "Proceedings of learning": {
    paper: { urls: ["https://proceedings.mlr.press/v97/tan19a.html"] },
    forms: [
      "https://proceedings.mlr.press/v97/tan19a.html",
      "http://proceedings.mlr.press/v97/tan19a/tan19a.pdf",
      "proceedings.mlr.press/v97/tan19a",
    ],
  },
  Engineers: {
    paper: { urls: ["https://ieeexplore.ieee.org/document/7780459"] },
    forms: [
      "https://ieeexplore.ieee.org/document/7780459/",
      "https://ieeexplore.ieee.org/abstract/document/7780459",
      "https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=7780459",
    ],
  },
  Elsewhere: {
    paper: { urls: ["https://www.sciencedirect.com/science/article/pii/S0893608014002135"] },
    forms: [
      "https://www.sciencedirect.com/science/article/abs/pii/S0893608014002135",
      "https://www.sciencedirect.com/science/article/pii/S0893608014002135?via%3Dihub",
    ],
  },
};
