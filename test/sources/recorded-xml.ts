/**
 * Files of the ACL Anthology and of DBLP: the record of Multi-CLS BERT stands so in dblp.xml of August 2023, the others are
 * written after dblp.org/faq/16154937 and the Anthology's data/xml.
 */

/** A part of `dblp.xml`. */
export const dblpXml = `<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp-2019-11-22.dtd">
<dblp>
<www key="homepages/m/AndrewMcCallum" mdate="2023-08-10"><author>Andrew McCallum</author><title>Home Page</title></www>
<inproceedings key="conf/acl/ChangSRM23" mdate="2023-08-10">
<author pid="130/1022">Haw-Shiuan Chang</author>
<author pid="301/6251">Wei Wang 0001</author>
<author>Jos&eacute; Garc&#237;a</author>
<title>Multi-CLS BERT: An Efficient Alternative to <i>n</i><sup>2</sup> Ensembling &amp; more.</title>
<pages>821-854</pages>
<year>2023</year>
<booktitle>ACL (1)</booktitle>
<ee type="oa">https://doi.org/10.18653/v1/2023.acl-long.48</ee>
<ee type="oa">https://aclanthology.org/2023.acl-long.48</ee>
<crossref>conf/acl/2023-1</crossref>
<url>db/conf/acl/acl2023-1.html#ChangSRM23</url>
</inproceedings>
<article publtype="informal" key="journals/corr/abs-1706-03762" mdate="2018-08-13">
<author>Ashish Vaswani</author>
<title>Attention Is All You Need.</title>
<year>2017</year>
<volume>abs/1706.03762</volume>
<journal>CoRR</journal>
<ee type="oa">http://arxiv.org/abs/1706.03762</ee>
</article>
<article publtype="withdrawn" key="journals/cacm/Szalay08" mdate="2008-11-03"><author>Alexander S. Szalay</author>
<title>Jim Gray, astronomer.</title><pages>58-65</pages><year>2008</year><volume>51</volume>
<journal>Commun. ACM</journal><number>11</number></article>
<phdthesis key="phd/X" mdate="2020-01-01"><author>Ann One</author><title>Is it so?</title><year>2001</year><school>MIT</school></phdthesis>
<proceedings key="conf/acl/2023-1" mdate="2023-08-10"><title>Proceedings of all.</title><year>2023</year></proceedings>
</dblp>
`;

/** A file of the Anthology since 2020. */
export const anthologyXml = `<?xml version='1.0' encoding='UTF-8'?>
<collection id="2023.acl">
  <volume id="long" ingest-date="2023-07-08" type="proceedings">
    <meta>
      <booktitle>Proceedings of the 61st Annual Meeting of the <fixed-case>ACL</fixed-case></booktitle>
      <editor><first>Anna</first><last>Rogers</last></editor>
      <publisher>Association for Computational Linguistics</publisher>
      <address>Toronto, Canada</address>
      <month>July</month>
      <year>2023</year>
      <url hash="aa">2023.acl-long</url>
      <venue>acl</venue>
    </meta>
    <frontmatter><url hash="bb">2023.acl-long.0</url><bibkey>acl-2023-long</bibkey></frontmatter>
    <paper id="1">
      <title>One Cannot Stand for Everyone: <fixed-case>BERT</fixed-case> in <tex-math>O(n^2)</tex-math></title>
      <author><first>Yajiao</first><last>Liu</last><affiliation>Somewhere</affiliation></author>
      <author id="jan-berg"><first>Jan</first><last>van der Berg</last></author>
      <author><first/><last>Madonna</last></author>
      <pages>1-21</pages>
      <abstract>We study <i>everyone</i> &amp; no one.</abstract>
      <url hash="cc">2023.acl-long.1</url>
      <bibkey>liu-etal-2023-one</bibkey>
      <doi>10.18653/v1/2023.acl-long.1</doi>
      <pwccode url="https://github.com/example/one" additional="false">example/one</pwccode>
    </paper>
    <paper id="2">
      <title>Taken Back</title>
      <retracted date="2023-09-01">Errors in the data.</retracted>
    </paper>
  </volume>
</collection>
`;

/** Files of before 2020: of a conference, of workshops, and of a journal. */
export const oldAnthologyXml = (collection: string, volume: string, journal = ""): string =>
  `<collection id="${collection}"><volume id="${volume}"><meta>${journal}<booktitle>B</booktitle><year>2019</year></meta><paper id="7"><title>Old</title></paper></volume></collection>`;
