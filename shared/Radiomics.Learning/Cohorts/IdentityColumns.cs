using System.Collections.Frozen;
using System.Text;

namespace Radiomics.Learning;

/// <summary>Column names that announce whom a row is about. Such a column is refused, whatever it is declared as: nothing in a cohort may name a person.</summary>
internal static class IdentityColumns
{
    private static readonly FrozenSet<string> _words = new[]
    {
        "name", "patientname", "firstname", "givenname", "forename", "lastname", "familyname", "surname", "fullname", "othername", "othernames", "mothersname", "birthname",
        "patientid", "patientidentifier", "mrn", "medicalrecordnumber", "medicalrecord", "recordnumber", "hospitalnumber", "hospitalid", "pid", "casenumber", "nhsnumber", "ssn",
        "socialsecuritynumber", "insurancenumber", "nationalid", "idnumber", "idcard", "passport", "passportnumber", "accession", "accessionnumber", "admissionid",
        "birthdate", "patientbirthdate", "dateofbirth", "birthday", "dob", "patientbirthtime", "address", "patientaddress", "street", "zip", "zipcode", "postcode", "postalcode",
        "phone", "phonenumber", "telephone", "telephonenumber", "patienttelephonenumbers", "mobile", "email", "mail", "fax", "referringphysician", "referringphysicianname", "physician", "comments",
        "patientcomments", "remarks", "vorname", "nachname", "geburtsdatum", "nom", "prenom",
        "姓名", "患者姓名", "病人姓名", "身份证", "身份证号", "身份证号码", "出生日期", "生日", "病历号", "住院号", "门诊号", "患者编号", "电话", "手机", "手机号", "联系电话", "地址", "住址",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a column is called like an identity, in whatever spelling: <c>Patient Name</c>, <c>patient_name</c>, <c>PatientName</c>.</summary>
    public static bool Holds(string name) => _words.Contains(Letters(name));

    private static string Letters(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var c in name.Where(char.IsLetter))
        {
            letters.Append(char.ToLowerInvariant(c));
        }

        return letters.ToString();
    }
}
